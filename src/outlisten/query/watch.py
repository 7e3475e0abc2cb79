"""Many queries watched for at once.

One Aho-Corasick automaton over the words of all queries reads a post's stream once. A query that cannot match
without one of a few needles (phrases, beginnings of words) is looked at only when one of them is there; the rest are
looked at for every post. What the automaton found answers the words of a query; everything else is asked as the
reference evaluator does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from outlisten.query.evaluate import holds
from outlisten.query.moments import Clock
from outlisten.query.parser import Query
from outlisten.query.tree import (
    And,
    AtLeast,
    Glob,
    Loose,
    Near,
    Node,
    Not,
    Or,
    Piece,
    Saved,
    Wild,
    Within,
    Word,
    Words,
    children,
    has_dates,
)
from outlisten.query.view import View
from outlisten.query.wildcards import literal_start

Test = Callable[[Set[int], View], bool]
# What the automaton looks for in ` stream `: a phrase between spaces, or a space and how a word begins.
Needle = str
Number = Callable[[Needle], int]


@dataclass(frozen=True, slots=True, eq=False)
class _Watched:
    """A query and its test. `dated`: it asks for dates, so an undated post never passes."""

    name: str
    test: Test
    dated: bool
    clock: Clock

    def passes(self, found: Set[int], view: View) -> bool:
        """Whether a post in which these phrases were found matches."""
        if self.dated and view.written_at(self.clock.zone) is None:
            return False
        return self.test(found, view)


class Watch:
    """The automaton over some queries, and which of them each phrase calls up. It never changes."""

    def __init__(self, queries: Mapping[str, Query]) -> None:
        self.queries = dict(queries)
        self._numbers: dict[Needle, int] = {}
        self._called: dict[int, list[_Watched]] = {}
        self._always: list[_Watched] = []
        for name, query in self.queries.items():
            self._take(name, query)
        self._automaton = AhoCorasick(list(self._numbers)) if self._numbers else None

    def hits(self, post: Mapping[str, object]) -> list[str]:
        """The names of the queries that match a post."""
        view = View(post)
        found = self._phrases(view.stream)
        called = {watched for number in found for watched in self._called.get(number, ())}
        return [watched.name for watched in (*called, *self._always) if watched.passes(found, view)]

    def _phrases(self, stream: str) -> set[int]:
        """The numbers of the phrases in a stream. Spaces at both ends of a phrase keep it to whole tokens."""
        if self._automaton is None:
            return set()
        matches = self._automaton.find_matches_as_indexes(f" {stream} ", overlapping=True)
        return {number for number, _, _ in matches}

    def _take(self, name: str, query: Query) -> None:
        assert query.tree is not None
        test = _test(query.tree, query.context.clock, self._number)
        watched = _Watched(name, test, has_dates(query.tree), query.context.clock)
        needed = needles(query.tree)
        if needed is None:
            self._always.append(watched)
        for needle in needed or ():
            self._called.setdefault(self._number(needle), []).append(watched)

    def _number(self, needle: Needle) -> int:
        return self._numbers.setdefault(needle, len(self._numbers))


def _test(node: Node, clock: Clock, number: Number) -> Test:
    """The test of a part as a closure: quicker than asking the tree again for every post."""
    match node:
        case Words() | Wild() if (needle := _whole(node)) is not None:
            wanted = number(needle)
            return lambda found, view: wanted in found
        case Saved(_, part):
            return _test(part, clock, number)
        case Not(part):
            inner = _test(part, clock, number)
            return lambda found, view: not inner(found, view)
        case And(parts):
            needed, tests = _split(parts, clock, number)
            return _all_of(needed, tests)
        case Or(parts):
            welcome, tests = _split(parts, clock, number)
            return _any_of(welcome, tests)
        case _:
            return lambda found, view: holds(node, view, clock)


def _all_of(needed: frozenset[int], tests: list[Test]) -> Test:
    def test(found: Set[int], view: View) -> bool:
        if not needed <= found:
            return False
        for each in tests:  # noqa: SIM110 - all() over a generator takes twice as long, for every candidate
            if not each(found, view):
                return False
        return True

    return test


def _any_of(welcome: frozenset[int], tests: list[Test]) -> Test:
    def test(found: Set[int], view: View) -> bool:
        if not welcome.isdisjoint(found):
            return True
        for each in tests:  # noqa: SIM110 - as above
            if each(found, view):
                return True
        return False

    return test


def _split(parts: tuple[Node, ...], clock: Clock, number: Number) -> tuple[frozenset[int], list[Test]]:
    """The numbers of the parts that are words, and the tests of the others: those of words first."""
    numbers = frozenset(number(needle) for part in parts if (needle := _whole(part)) is not None)
    others = sorted((part for part in parts if _whole(part) is None), key=_asks_the_post)
    return numbers, [_test(part, clock, number) for part in others]


def _asks_the_post(node: Node) -> int:
    """How many of a part's leaves the automaton has not answered already."""
    return sum(map(_asks_the_post, children(node))) if children(node) else int(_whole(node) is None)


def _whole(node: Node) -> Needle | None:
    """The needle that stands exactly where the part does; None when there is no such needle."""
    match node:
        case Words(items):
            return _phrase(items)
        case Wild((Glob(pattern),)) if pattern.endswith("*") and literal_start(pattern) == pattern[:-1]:
            return f" {literal_start(pattern)}"
        case _:
            return None


def _phrase(items: tuple[str, ...]) -> Needle:
    return f" {' '.join(items)} "


def needles(node: Node) -> frozenset[Needle] | None:
    """Needles one of which every match holds; None when there are no such needles."""
    match node:
        case Words(items) | Word(items):
            return frozenset([_phrase(items)])
        case Loose(items):
            return _rarest(frozenset([_phrase((item,))]) for item in items)
        case Wild(pieces):
            return _rarest(map(_of_piece, pieces))
        case Within("quoted"):
            return None
        case Within(_, part) | AtLeast(_, part) | Saved(_, part):
            return needles(part)
        case Near(left, right, negated=negated):
            return needles(left) if negated else _rarest(map(needles, (left, right)))
        case And(parts):
            return _rarest(map(needles, parts))
        case Or(parts):
            every = [needles(part) for part in parts]
            return frozenset().union(*(needed for needed in every if needed)) if None not in every else None
        case _:
            return None


def _of_piece(piece: Piece) -> frozenset[Needle] | None:
    if isinstance(piece, str):
        return frozenset([_phrase((piece,))])
    return frozenset([f" {literal_start(piece.pattern)}"]) if isinstance(piece, Glob) else None


def _rarest(several: Iterable[frozenset[Needle] | None]) -> frozenset[Needle] | None:
    return min((needed for needed in several if needed is not None), key=_expected, default=None)


def _expected(needed: frozenset[Needle]) -> float:
    """How often one of the needles is to be expected, roughly: a longer one is rarer."""
    return sum(20.0 ** -min(len(needle.replace(" ", "")), 8) for needle in needed)
