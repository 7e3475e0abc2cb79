"""A post as the encoder reads it: near to what was written, for the encoder knows letters' case and emoji."""

from __future__ import annotations

import html
import re

# A tokeniser's work grows with the text; the encoder reads far less than this.
READ_CHARACTERS = 1_000
_SURROGATES = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+")
_MENTION = re.compile(r"@[\w\-]{1,30}")
_REPEATED = re.compile(r"(.)\1{3,}", re.DOTALL)
_SPACES = re.compile(r"\s+")


def prepared(text: str) -> str:
    """The start of a text: unescaped, an address as `http`, a mention as `@user`, a sign at most three times in a row."""
    text = _SURROGATES.sub("", text[:READ_CHARACTERS])
    if "&" in text:
        text = html.unescape(text)
    text = _MENTION.sub("@user", _ADDRESS.sub("http", text))
    return _SPACES.sub(" ", _REPEATED.sub(r"\1\1\1", text)).strip()
