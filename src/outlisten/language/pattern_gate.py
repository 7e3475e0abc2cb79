"""Which patterns a text can hold at all, told by one pass over it: nearly every pattern needs one of a few pieces.

The pieces are read off the pattern's own syntax tree, so a pattern cannot be gated by words it does not need. (As in
Cox, Regular Expression Matching with a Trigram Index, 2012: of every part the exact strings, else what it must hold.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from ahocorasick_rs import AhoCorasick

Pieces = frozenset[str]
NOTHING: Pieces = frozenset({""})
# More strings than these gate no better than the shorter ones they are made of.
MOST = 64
_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


@dataclass(frozen=True, slots=True)
class Need:
    """What a pattern needs: one of these pieces; as words of their own where `apart`. None needs nothing."""

    pieces: Pieces | None
    apart: bool = False


class Gate:
    """Over many patterns: `opened(text)` gives the numbers of those that may match."""

    def __init__(self, needs: Sequence[Need]) -> None:
        self._always = frozenset(number for number, need in enumerate(needs) if need.pieces is None)
        by_piece: dict[tuple[str, bool], list[int]] = {}
        for number, need in enumerate(needs):
            for piece in need.pieces or ():
                by_piece.setdefault((piece, need.apart and piece.isascii()), []).append(number)
        self._opens = [(apart, frozenset(numbers)) for (_piece, apart), numbers in by_piece.items()]
        self._pieces = AhoCorasick([piece for piece, _apart in by_piece]) if by_piece else None

    def opened(self, text: str) -> set[int]:
        """The patterns whose pieces stand in this folded text."""
        found = set(self._always)
        if self._pieces is None:
            return found
        for place, start, end in self._pieces.find_matches_as_indexes(text, overlapping=True):
            apart, numbers = self._opens[place]
            if not (apart and (text[start - 1 : start] in _WORD or text[end : end + 1] in _WORD)):
                found |= numbers
        return found


def needed(pattern: str) -> Pieces | None:
    """Pieces of which every match holds one; none at all where nothing can match; None where none is sure."""
    exact, must = _of_all(_parser.parse(pattern))
    return _better(exact, must)


def _of_all(parts: Iterable[tuple[Any, Any]]) -> tuple[Pieces | None, Pieces | None]:
    """(every string that the parts in a row can be, pieces that they must hold); None where that is not known."""
    run, must, exact = NOTHING, None, True
    for part in parts:
        strings, inner = _of(*part)
        if strings is not None and len(run) * len(strings) <= MOST:
            run = frozenset(map("".join, product(run, strings)))
            continue
        must, exact = _better(_better(run, must), _better(strings, inner)), False
        run = NOTHING
    return (run, must) if exact else (None, _better(run, must))


def _of(kind: Any, value: Any) -> tuple[Pieces | None, Pieces | None]:
    """The same of one part."""
    if kind is op.LITERAL:
        return frozenset({chr(value)}), None
    if kind is op.IN and all(inner is op.LITERAL for inner, _char in value):
        return frozenset(chr(char) for _inner, char in value), None
    if kind is op.ASSERT_NOT and not len(value[1]):  # (?!): nothing can match
        return frozenset(), None
    if kind in (op.AT, op.ASSERT, op.ASSERT_NOT):  # they take nothing of the text
        return NOTHING, None
    if kind is op.SUBPATTERN and not value[1]:  # without flags of its own
        return _of_all(value[3])
    if kind is op.ATOMIC_GROUP:
        return _of_all(value)
    if kind is op.BRANCH:
        return _of_any([_of_all(branch) for branch in value[1]])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _repeated(value[0], value[1], _of_all(value[2]))
    return None, None


def _repeated(
    least: int, most: int, inner: tuple[Pieces | None, Pieces | None]
) -> tuple[Pieces | None, Pieces | None]:
    exact, must = inner
    if (least, most) == (1, 1):
        return exact, must
    if (least, most) == (0, 1):
        return (exact | NOTHING if exact is not None else None), None
    return None, _better(exact, must) if least else None


def _of_any(branches: list[tuple[Pieces | None, Pieces | None]]) -> tuple[Pieces | None, Pieces | None]:
    if all(exact is not None for exact, _must in branches):
        together = frozenset(one for exact, _must in branches for one in exact or ())
        if len(together) <= MOST:
            return together, None
    needs = [_better(exact, must) for exact, must in branches]
    if any(need is None for need in needs):
        return None, None
    return None, frozenset(one for need in needs for one in need or ())


def _better(one: Pieces | None, other: Pieces | None) -> Pieces | None:
    """Of two sets of which each gates, the one with the longer pieces; a blank piece gates nothing."""
    known = [pieces for pieces in (one, other) if pieces is not None and "" not in pieces]
    return max(known, key=_worth, default=None)


def _worth(pieces: Pieces) -> tuple[float, int]:
    return min(map(_length, pieces), default=float("inf")), -len(pieces)


def _length(piece: str) -> int:
    """A Han character tells as much as three letters; blanks and signs tell little."""
    return sum(3 if "一" <= char <= "鿿" else 1 if char.isalnum() else 0 for char in piece) * 10 + len(piece)
