"""Posts quoted in the report, drawn at random, with the words that were searched marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from outlisten.insights import sample
from outlisten.posts.store import PostStore, TimeRange
from outlisten.query import Query, highlights

# Characters of a post: a paragraph.
LONGEST = 600
BEFORE = 160
GAPS = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `found` when the query found it."""

    text: str
    found: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """One post as it is quoted."""

    id: str
    when: str
    platform: str
    author: str
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]


def quotations(
    store: PostStore, query: Query, window: TimeRange, *, size: int, zone: ZoneInfo
) -> list[Quotation]:
    """`size` posts drawn at random: each post that matches is equally likely."""
    drawn = sample(store, query, window, size=size, zone=zone)
    return [_quotation(post, query, zone) for post in drawn.table.to_pylist()]


def _quotation(post: dict[str, Any], query: Query, zone: ZoneInfo) -> Quotation:
    found = highlights(query, post["title"], post["text"])
    when = post["created_at"]
    return Quotation(
        id=post["id"],
        when=f"{when.astimezone(zone):%Y-%m-%d}" if when else "",
        platform=_clean(post["platform"] or ""),
        author=_clean(post["author"] or post.get("author_handle") or ""),
        title=pieces(post["title"] or "", found.title),
        text=pieces(post["text"], found.text),
    )


def pieces(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """The text cut into parts found and not found; of a long text a paragraph around the first part found."""
    start, end = _cut(text, spans)
    made = [Piece("… ")] if start else []
    place = start
    for begin, stop in [(max(b, start), min(e, end)) for b, e in spans if e > start and b < end]:
        made += [Piece(_clean(text[place:begin])), Piece(_clean(text[begin:stop]), found=True)]
        place = stop
    made.append(Piece(_clean(text[place:end])))
    if end < len(text):
        made.append(Piece(" …"))
    return tuple(piece for piece in made if piece.text)


def _cut(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    if len(text) <= LONGEST:
        return 0, len(text)
    first = spans[0][0] if spans else 0
    start = max(0, min(first - BEFORE, len(text) - LONGEST))
    return start, start + LONGEST


def _clean(text: str) -> str:
    return GAPS.sub("\n\n", text)
