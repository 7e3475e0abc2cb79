"""Where in a post a marker stands, as its readers meet it."""

from __future__ import annotations

import re
from bisect import bisect_right
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


class Layout:
    """How a post's text meets its readers, worked out once for all of its markers."""

    def __init__(self, text: str, tags: Sequence[Entity]) -> None:
        self._text, self._tags = text, tags
        self._fold = fold_of(text)
        self._last_line = _last_line(text)

    def place_of(self, start: int, end: int) -> Place:
        """The place of `[start, end)` in the text."""
        if self._in_a_row(start):
            return "hashtags"
        if self._last_line is not None and start >= self._last_line:
            return "end"
        return "start" if end <= self._fold else "later"

    def _in_a_row(self, start: int) -> bool:
        """Whether it is one of many hashtags in a row; the first word of the post is seen all the same."""
        tags = self._tags
        first = last = bisect_right(tags, start, key=lambda tag: tag.start) - 1
        if first < 0 or start >= tags[first].end or not self._text[:start].strip():
            return False
        while last - first < ROW_OF_HASHTAGS and first > 0 and self._touch(first - 1):
            first -= 1
        while last - first < ROW_OF_HASHTAGS and last + 1 < len(tags) and self._touch(last):
            last += 1
        return last - first >= ROW_OF_HASHTAGS

    def _touch(self, at: int) -> bool:
        """Whether nothing to read stands between this hashtag and the next."""
        return _BETWEEN_TAGS.match(self._text, self._tags[at].end, self._tags[at + 1].start) is not None


def fold_of(text: str) -> int:
    """After how many characters readers of this text meet "more"."""
    written = len(text) - sum(map(str.isspace, text))
    chinese = len(_HAN.findall(text)) * 4 >= max(written, 1)
    return FOLD_CHINESE if chinese else FOLD_LATIN


def _last_line(text: str) -> int | None:
    """Where the last line that says something begins; None in a post too short for it to be apart."""
    starts, at = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            starts.append(at)
        at += len(line)
    return starts[-1] if len(starts) >= LINES_APART else None
