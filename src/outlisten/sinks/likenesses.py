"""Signs that are markup somewhere, as their full-width likenesses: for channels whose Markdown knows no way to escape them."""

from __future__ import annotations

import re

MARKUP = str.maketrans("<>[]*_`~|#", "＜＞［］＊＿｀～｜＃")
ZERO_WIDTH = "\u200b"
NAME = re.compile(r"[@#](?=\w)")


def plain(text: str) -> str:
    """The text with nothing in it that is markup: no link, no picture, no mention in brackets, no heading."""
    return text.translate(MARKUP)


def nobody_called(text: str) -> str:
    """The text with a sign of no width after each @ and #, so that no program finds a name or a number behind it."""
    return NAME.sub(lambda sign: sign[0] + ZERO_WIDTH, text)
