"""The test of a NEAR between words for the live matcher: only words that were found are looked for, in the stream itself.

The reference evaluator says the same in `spans`; a NEAR of anything else, or one that is negated, is left to it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Set

from outlisten.query.batch import Current, Test
from outlisten.query.needles import Number
from outlisten.query.tokens import FIELD
from outlisten.query.tree import Near, Node, Or, Span, Words

# A phrase between spaces, its number, and how many items it has.
_Phrase = tuple[str, int, int]


def near_test(near: Near, number: Number) -> Test | None:
    """The test of words within a distance of words; None for any other NEAR."""
    left, right = _phrases(near.left, number), _phrases(near.right, number)
    distance, ordered = near.distance, near.ordered
    if left is None or right is None or distance is None or near.negated:
        return None

    one_side, other_side = (frozenset(wanted for _, wanted, _ in side) for side in (left, right))

    def test(found: Set[int], post: Current) -> bool:
        if one_side.isdisjoint(found) or other_side.isdisjoint(found):
            return False
        for field in post.stream.split(FIELD, 1):
            ones, others = _places(left, found, field), _places(right, found, field)
            if ones and others and _meet(ones, others, distance, ordered=ordered):
                return True
        return False

    return test


def _phrases(node: Node, number: Number) -> list[_Phrase] | None:
    parts = node.parts if isinstance(node, Or) else (node,)
    phrases = []
    for part in parts:
        if not isinstance(part, Words):
            return None
        phrase = f" {' '.join(part.items)} "
        (wanted,) = number(frozenset([phrase]))
        phrases.append((phrase, wanted, len(part.items)))
    return phrases


def _places(phrases: list[_Phrase], found: Set[int], stream: str) -> list[Span]:
    """Where those of the phrases that were found stand in a stream between spaces."""
    places = []
    for phrase, wanted, size in phrases:
        if wanted in found:
            counted = start = 0
            at = stream.find(phrase)
            while at >= 0:
                start += stream.count(" ", counted, at)
                places.append((start, start + size))
                counted = at
                at = stream.find(phrase, at + 1)
    return places


def _meet(ones: list[Span], others: list[Span], distance: int, *, ordered: bool) -> bool:
    """Whether two that do not overlap are that near; of each one only the nearest on both sides is looked at."""
    starts = sorted([start for start, _ in others])
    ends = [] if ordered else sorted([end for _, end in others])
    for start, end in ones:
        after = bisect_left(starts, end)
        if after < len(starts) and starts[after] - end <= distance:
            return True
        before = bisect_right(ends, start)
        if before and start - ends[before - 1] <= distance:
            return True
    return False
