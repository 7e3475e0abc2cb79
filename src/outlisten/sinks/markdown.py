"""A message in CommonMark, in which words of posts are words: no markup, no address to click, nobody called."""

from __future__ import annotations

import re

from outlisten.sinks.cutting import cut
from outlisten.sinks.likenesses import ZERO_WIDTH, nobody_called
from outlisten.sinks.message import Line, Message
from outlisten.sinks.phrases import OPEN

# CommonMark 0.31, 2.4: a backslash before any of these makes it a sign.
PUNCTUATION = re.compile(r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]")
# What programs make links of by themselves: addresses, and numbers of issues.
LINKED = re.compile(r"(://|\bwww\.|\bGH-)(?=\w)", re.IGNORECASE)
WORDS = 200  # characters of a link


def unlinked(text: str) -> str:
    """Words in which programs find nothing to link to: no address, no number of an issue, nobody's name."""
    return LINKED.sub(lambda sign: sign[0] + ZERO_WIDTH, nobody_called(text))


def escaped(text: str) -> str:
    """Words that stay words."""
    return PUNCTUATION.sub(lambda sign: "\\" + sign[0], unlinked(text))


def written(message: Message) -> str:
    """Sentences as paragraphs, with their links, and the way to Outlisten."""
    parts = [*map(_line, message.lines), _link(OPEN.text(message.locale), message.url) if message.url else ""]
    return "\n\n".join(filter(None, parts))


def _line(line: Line) -> str:
    links = (_link(cut(link.text or link.url, WORDS), link.url) for link in line.links)
    return " · ".join(filter(None, [escaped(line.text), *links]))


def _link(words: str, url: str) -> str:
    return f"[{escaped(words)}]({url})"
