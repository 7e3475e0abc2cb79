"""Needles: what the live matcher finds in a post before it looks at any query.

A needle is a phrase between spaces, a space and how a word begins, or an entity or a name with its kind. A part of a query
is either answered by needles alone, or it requires some of them, or it says nothing about them.
"""

from __future__ import annotations

from collections.abc import Callable

from outlisten.query.tree import (
    And,
    AtLeast,
    Code,
    Glob,
    Hashtag,
    Loose,
    Mention,
    Near,
    Node,
    Or,
    Person,
    Piece,
    Saved,
    Wild,
    Within,
    Word,
    Words,
)
from outlisten.query.wildcards import literal_start

# What stands in ` stream `, or what kind of thing is named and how.
Needle = str | tuple[str, str]
Needles = frozenset[Needle]
# Numbers in place of needles, so that sets of them are quick to compare.
Number = Callable[[Needles], frozenset[int]]
# What share of posts holds a needle, roughly.
Share = Callable[[Needle], float]


def answers(node: Node) -> Needles | None:
    """Needles of which a post holds one exactly when the part holds; None when there are no such needles."""
    match node:
        case Words() | Wild():
            return _of_words(node)
        case Hashtag(name, prefix=False):
            return frozenset([("hashtags", name)])
        case Mention(name):
            return frozenset([("mentions", name)])
        case Code(name):
            return frozenset([("codes", name)])
        case Person(field, name, wild=False):
            return frozenset([(field, name)])
        case Saved(_, part):
            return answers(part)
        case Or(parts):
            return _any_of([answers(part) for part in parts])
        case _:
            return None


def required(node: Node) -> list[Needles]:
    """Sets of needles, of each of which every match holds one."""
    match node:
        case And(parts):
            return [needles for part in parts for needles in required(part)]
        case Saved(_, part):
            return required(part)
        case Or(parts):
            several = _any_of([rarest(required(part)) for part in parts])
            return [] if several is None else [several]
        case _:
            whole = answers(node)
            return required_words(node) if whole is None else [whole]


def required_words(node: Node) -> list[Needles]:
    """The same for a part that asks where in the words something stands: only words count."""
    match node:
        case Words() | Wild() if (whole := _of_words(node)) is not None:
            return [whole]
        case Word(items):
            return [frozenset([_phrase(items)])]
        case Loose(items):
            return [frozenset([_phrase((item,))]) for item in items]
        case Wild(pieces):
            return [frozenset([needle]) for piece in pieces if (needle := _of_piece(piece)) is not None]
        case Within("quoted"):
            return []
        case Within(_, part) | AtLeast(_, part) | Saved(_, part):
            return required_words(part)
        case Near(left, right, negated=negated):
            return required_words(left) if negated else required_words(left) + required_words(right)
        case And(parts):
            return [needles for part in parts for needles in required_words(part)]
        case Or(parts):
            several = _any_of([rarest(required_words(part)) for part in parts])
            return [] if several is None else [several]
        case _:
            return []


def rarest(several: list[Needles], share: Share | None = None) -> Needles | None:
    """The set of needles that the fewest posts are to be expected to hold one of."""
    if len(several) < 2:
        return several[0] if several else None
    of_one = share or expected
    return min(several, key=lambda needles: sum(map(of_one, needles)))


def expected(needle: Needle) -> float:
    """What share of posts holds a needle, as long as nothing is known of posts: a longer one is rarer."""
    if isinstance(needle, tuple):
        return 0.001
    return _EXPECTED[min(len(needle) - needle.count(" "), 8)]


_EXPECTED = [20.0**-length for length in range(9)]


def _any_of(several: list[Needles | None]) -> Needles | None:
    known = [needles for needles in several if needles is not None]
    return frozenset().union(*known) if len(known) == len(several) else None


def _of_words(node: Words | Wild) -> Needles | None:
    match node:
        case Words(items):
            return frozenset([_phrase(items)])
        case Wild((Glob(pattern),)) if pattern.endswith("*") and literal_start(pattern) == pattern[:-1]:
            return frozenset([f" {pattern[:-1]}"])
        case _:
            return None


def _phrase(items: tuple[str, ...]) -> str:
    return f" {' '.join(items)} "


def _of_piece(piece: Piece) -> str | None:
    if isinstance(piece, str):
        return _phrase((piece,))
    return f" {literal_start(piece.pattern)}" if isinstance(piece, Glob) else None
