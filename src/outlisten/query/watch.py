"""Many queries watched for at once.

One Aho-Corasick automaton over the words of all queries reads a post's stream once. A query that cannot match
without one of a few phrases is looked at only when one of them is there; the rest are looked at for every post.
What the automaton found answers the words of a query; everything else is asked as the reference evaluator does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from outlisten.query.evaluate import holds
from outlisten.query.moments import Clock
from outlisten.query.parser import Query
from outlisten.query.tree import And, Near, Node, Not, Or, Within, Words, children, has_dates
from outlisten.query.view import View

Items = tuple[str, ...]
Test = Callable[[Set[int], View], bool]
Number = Callable[[Items], int]


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
        self._numbers: dict[Items, int] = {}
        self._called: dict[int, list[_Watched]] = {}
        self._always: list[_Watched] = []
        for name, query in self.queries.items():
            self._take(name, query)
        patterns = [f" {' '.join(items)} " for items in self._numbers]
        self._automaton = AhoCorasick(patterns) if patterns else None

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
        for items in needed or ():
            self._called.setdefault(self._number(items), []).append(watched)

    def _number(self, items: Items) -> int:
        return self._numbers.setdefault(items, len(self._numbers))


def _test(node: Node, clock: Clock, number: Number) -> Test:
    """The test of a part as a closure: quicker than asking the tree again for every post."""
    match node:
        case Words(items):
            wanted = number(items)
            return lambda found, view: wanted in found
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
    numbers = frozenset(number(part.items) for part in parts if isinstance(part, Words))
    others = sorted((part for part in parts if not isinstance(part, Words)), key=_asks_the_post)
    return numbers, [_test(part, clock, number) for part in others]


def _asks_the_post(node: Node) -> int:
    """How many of a part's leaves the automaton has not answered already."""
    return sum(map(_asks_the_post, children(node))) if children(node) else int(not isinstance(node, Words))


def needles(node: Node) -> frozenset[Items] | None:
    """Phrases one of which every match holds; None when there are no such phrases."""
    match node:
        case Words(items):
            return frozenset([items])
        case Within(_, part) | Near(part):
            return needles(part)
        case And(parts):
            found = [needed for part in parts if (needed := needles(part)) is not None]
            return min(found, key=_expected, default=None)
        case Or(parts):
            every = [needles(part) for part in parts]
            return frozenset().union(*(needed for needed in every if needed)) if None not in every else None
        case _:
            return None


def _expected(needed: frozenset[Items]) -> float:
    """How often one of the phrases is to be expected, roughly: a longer phrase is rarer."""
    return sum(20.0 ** -min(sum(map(len, items)), 8) for items in needed)
