"""Where the words of a query stand in a post: the meaning of NEAR, ATLEAST, wildcards and loose phrases.

Slow, and written to be seen to be right. A place is `[start, end)` in items of the stream, title and body in one.
SQL says the same in `span_sql`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from outlisten.query.tokens import FIELD, GAP
from outlisten.query.tree import (
    Exact,
    Glob,
    Hashtag,
    Loose,
    Near,
    Node,
    Or,
    Piece,
    Saved,
    Skip,
    Span,
    Wild,
    Within,
    Word,
    Words,
)
from outlisten.query.view import View
from outlisten.query.wildcards import regex

Scope = Literal["title", "text", "quoted"] | None  # None is title and body


def spans(node: Node, view: View, scope: Scope = None) -> set[Span]:
    """Every place where a part that is made of words stands."""
    match node:
        case Words(items):
            return set(_runs(items, view, scope))
        case Wild(pieces):
            return set(_pieces(pieces, view, scope))
        case Loose(items, slop):
            return set(_loose(items, slop, view, scope))
        case Word(items):
            edges = view.word_edges
            return {span for span in _runs(items, view, scope) if edges.issuperset(span)}
        case Exact(characters):
            return {span for span in view.exact_places(characters) if _is_in(span, view, scope)}
        case Hashtag(name, prefix):
            return {span for span in view.hashtag_places(name, prefix=prefix) if _is_in(span, view, scope)}
        case Or(parts):
            return {span for part in parts for span in spans(part, view, scope)}
        case Within(field, part):
            return spans(part, view, field)
        case Saved(_, part):
            return spans(part, view, scope)
        case Near():
            return set(_near(node, view, scope))
        case _:
            raise TypeError(f"{type(node).__name__} has no place among the words")


def _is_in(span: Span, view: View, scope: Scope) -> bool:
    in_title = span[0] < view.body_start
    return scope is None or in_title == (scope == "title")


def _bounds(view: View, scope: Scope) -> Span:
    start = view.body_start if scope == "text" else 0
    end = max(view.body_start - 1, 0) if scope == "title" else len(view.items)
    return start, end


def _runs(items: tuple[str, ...], view: View, scope: Scope) -> Iterator[Span]:
    start, end = _bounds(view, scope)
    wanted, size = list(items), len(items)
    try:
        while (start := view.items.index(wanted[0], start, end)) <= end - size:
            if view.items[start : start + size] == wanted:
                yield start, start + size
            start += 1
    except ValueError:  # the first of them stands nowhere further on
        return


def _pieces(pieces: tuple[Piece, ...], view: View, scope: Scope) -> Iterator[Span]:
    start, end = _bounds(view, scope)
    for first in range(start, end):
        for last in _ends(pieces, view.items, first, end):
            yield first, last


def _ends(pieces: tuple[Piece, ...], items: list[str], at: int, end: int) -> set[int]:
    """Where the pieces can end when the first of them begins here."""
    ends = {at}
    for piece in pieces:
        if isinstance(piece, Skip):
            ends = {later for place in ends for later in _skipped(piece, items, place, end)}
        else:
            ends = {place + 1 for place in ends if place < end and is_piece(piece, items[place])}
        if not ends:
            break
    return ends


def _skipped(skip: Skip, items: list[str], at: int, end: int) -> Iterator[int]:
    for place in range(at, min(at + skip.high, end) + 1):
        if place > at and items[place - 1] in {GAP, FIELD}:
            return
        if place - at >= skip.low:
            yield place


def is_piece(piece: str | Glob, item: str) -> bool:
    """Whether an item of the stream is what the piece asks for."""
    return item == piece if isinstance(piece, str) else regex(piece.pattern).fullmatch(item) is not None


def _loose(words: tuple[str, ...], slop: int, view: View, scope: Scope) -> Iterator[Span]:
    """The smallest window from each word on in which all of them stand, if little else does."""
    start, end = _bounds(view, scope)
    for first in range(start, end):
        if view.items[first] in words:
            missing = list(words)
            for last in range(first, min(first + len(words) + slop, end)):
                item = view.items[last]
                if item == FIELD:
                    break
                if item in missing:
                    missing.remove(item)
                if not missing:
                    yield first, last + 1
                    break


def _near(near: Near, view: View, scope: Scope) -> Iterator[Span]:
    left, right = spans(near.left, view, scope), spans(near.right, view, scope)
    if near.negated:
        yield from (one for one in left if not any(_is_by(near, one, other, view) for other in right))
        return
    for one in left:
        for other in right:
            if not _overlap(one, other) and _is_by(near, one, other, view):
                yield min(one[0], other[0]), max(one[1], other[1])


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _is_by(near: Near, one: Span, other: Span, view: View) -> bool:
    """Whether the two are as near as asked; what overlaps is as near as can be."""
    if (one[0] < view.body_start) != (other[0] < view.body_start):
        return False
    if _overlap(one, other):
        return True
    if near.ordered and other[0] < one[1]:
        return False
    if near.distance is None:
        starts = view.sentences if near.unit == "sentence" else view.paragraphs
        low, high = min(one[0], other[0]), max(one[1], other[1])
        return not any(low < start < high for start in starts)
    return max(other[0] - one[1], one[0] - other[1]) <= near.distance


def times(found: set[Span]) -> int:
    """How many of the places can be counted without one overlapping another."""
    counted = last = 0
    for start, end in sorted(found, key=lambda span: (span[1], span[0])):
        if start >= last:
            counted, last = counted + 1, end
    return counted
