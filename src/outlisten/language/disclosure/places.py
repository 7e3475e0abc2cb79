"""Where in a post a marker stands, as its readers meet it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from outlisten.language.disclosure.marker import Place
from outlisten.query.entities import Entity

# Characters shown before "more": captions in Latin script, and Chinese feeds.
FOLD_LATIN, FOLD_CHINESE = 125, 60
# A marker among more hashtags than these is not seen (FTC staff guidance: "not in a long row of hashtags").
ROW_OF_HASHTAGS = 3
# A short post shows whole; from this many lines on its last one is apart.
LINES_APART = 4

_HAN = re.compile("[㐀-鿿]")
_BETWEEN_TAGS = re.compile(r"[\s,，、·.]*\Z")


def fold_of(text: str) -> int:
    """After how many characters readers of this text meet "more"."""
    written = sum(1 for char in text if not char.isspace())
    chinese = len(_HAN.findall(text)) * 4 >= max(written, 1)
    return FOLD_CHINESE if chinese else FOLD_LATIN


def place_of(text: str, start: int, end: int, tags: Sequence[Entity]) -> Place:
    """The place of `[start, end)` in a post's text, whose hashtags are `tags`."""
    if _in_a_row(text, start, tags):
        return "hashtags"
    if _on_the_last_line(text, start):
        return "end"
    return "start" if end <= fold_of(text) else "later"


def _in_a_row(text: str, start: int, tags: Sequence[Entity]) -> bool:
    """Whether it is one of many hashtags in a row; the first word of the post is seen all the same."""
    at = next((i for i, tag in enumerate(tags) if tag.start <= start < tag.end), None)
    if at is None or not text[:start].strip():
        return False
    first = last = at
    while first > 0 and _BETWEEN_TAGS.match(text[tags[first - 1].end : tags[first].start]):
        first -= 1
    while last + 1 < len(tags) and _BETWEEN_TAGS.match(text[tags[last].end : tags[last + 1].start]):
        last += 1
    return last - first + 1 > ROW_OF_HASHTAGS


def _on_the_last_line(text: str, start: int) -> bool:
    before = [line for line in text[:start].splitlines() if line.strip()]
    lines = [line for line in text.splitlines() if line.strip()]
    rest = text[start:].strip()
    return len(lines) >= LINES_APART and "\n" not in rest and len(before) >= LINES_APART - 1
