"""A post's words cut to what a list can show, around the part that matched; and marks no reader can see."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]
HAN = re.compile("[\u3400-\u9fff]{4}")
# Characters that take no room or turn the direction of writing: named to the reader, who cannot see them.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """Text, and the spans of it (code points) that a query matched."""

    text: str
    spans: Sequence[Span] = ()


def snippet(text: str, hits: Sequence[Span], room: int = 480) -> Marked:
    """About `room` characters that hold the first hit near their start, an ellipsis where something was left out.

    Han characters are twice as wide and say more each: a text of them gets half the room.
    """
    if HAN.search(text[: 4 * room]):
        room //= 2
    if len(text) <= room:
        return Marked(text, hits)
    first = min((start for start, _ in hits), default=0)
    # A narrow screen shows six lines: the hit stands in the first or second.
    start = 0 if first < room // 4 else _boundary(text, first - room // 8)
    end = min(len(text), start + room)
    head, tail = "… " if start else "", " …" if end < len(text) else ""
    moved = len(head) - start
    spans = [(max(a, start) + moved, min(b, end) + moved) for a, b in hits if b > start and a < end]
    return Marked(f"{head}{text[start:end]}{tail}", spans)


def around(text: str, hits: Sequence[Span], room: int = 200, beside: int = 24) -> Marked:
    """The hits with about `beside` characters on both sides, and no more than `room` in all; Han text gets half of each."""
    if not hits:
        return Marked("")
    first, last = min(start for start, _ in hits), max(end for _, end in hits)
    if HAN.search(text[first : first + room]):
        room, beside = room // 2, beside // 2
    start = 0 if first <= beside else min(first, _boundary(text, first - beside))
    end = min(last + beside, start + room, len(text))
    if end < len(text):
        space = text.rfind(" ", max(last if last < end else first + 1, end - 16), end)
        end = space if space >= 0 else end
    head, tail = "… " if start else "", " …" if end < len(text) else ""
    moved = len(head) - start
    spans = [(a + moved, min(b, end) + moved) for a, b in hits if a < end]
    return Marked(f"{head}{text[start:end]}{tail}", spans)


def _boundary(text: str, near: int) -> int:
    """The start of a word close after `near`, so that a snippet does not begin in the middle of one."""
    space = text.find(" ", near, near + 24)
    return space + 1 if space >= 0 else near


def invisible_marks(text: str) -> list[tuple[str, int]]:
    """(name, how often) of characters no reader sees, such as RIGHT-TO-LEFT OVERRIDE; most frequent first."""
    found = Counter(INVISIBLE.findall(text))
    return [(unicodedata.name(mark, f"U+{ord(mark):04X}"), count) for mark, count in found.most_common()]
