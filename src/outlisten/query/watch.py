"""Many queries watched for at once.

One Aho-Corasick automaton over the needles of all queries reads a post's stream once. A query that cannot match without
one of a few needles is looked at only when one of them is there; the rest are looked at for every post.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Set
from itertools import chain
from operator import itemgetter

from ahocorasick_rs import BytesAhoCorasick, Implementation

from outlisten.query.batch import Batch, Current, Test
from outlisten.query.frequencies import Frequencies
from outlisten.query.moments import Clock
from outlisten.query.needles import Needle, Needles, rarest, required
from outlisten.query.parser import Query
from outlisten.query.tree import has_dates
from outlisten.query.watch_tests import make_test, without

# One post in so many is counted.
SAMPLED = 16
# A query by its name, and what is still to be asked when it is called up; None when nothing is.
Call = tuple[str, Test | None]


class Watch:
    """The automaton over some queries, and which of them each needle calls up. Only what it counts ever changes.

    `frequencies` tells which needles are rare: a query is called up by its rarest.
    """

    def __init__(self, queries: Mapping[str, Query], frequencies: Frequencies | None = None) -> None:
        self.queries = dict(queries)
        self.frequencies = frequencies or Frequencies()
        self._needles = _Numbered()
        called: defaultdict[int, list[Call]] = defaultdict(list)
        self._always: list[Call] = []
        for name, query in self.queries.items():
            self._take(name, query, called)
        # By number of needle; those of names are below 0, which is the end of a list.
        self._calls = [tuple(called[number]) for number in self._needles.numbers()]
        words = [word.encode("utf-8", "surrogatepass") for word in self._needles.words]
        # Left to choose, it takes a table that grows with the square of a needle's length.
        self._automaton = BytesAhoCorasick(words, implementation=Implementation.ContiguousNFA)
        self._counts: Counter[int] = Counter()
        self.counted = 0

    def look(self, batch: Batch, hits: list[set[str]]) -> None:
        """Add the names of the queries that match to the hits of each post, by its place."""
        find, calls, always = self._automaton.find_matches_as_indexes, self._calls.__getitem__, self._always
        named, post, first = self._named(batch), Current(batch), itemgetter(0)
        for place, (stream, names) in enumerate(zip(batch.streams, hits, strict=True)):
            found = set(map(first, find(stream, True)))
            if place in named:
                found |= named[place]
            if place % SAMPLED == 0:
                self._count(found)
            post.place = place
            for name, test in chain(always, chain.from_iterable(map(calls, found))):
                if test is None or test(found, post):
                    names.add(name)

    def _named(self, batch: Batch) -> dict[int, set[int]]:
        """The numbers of entities and people, by the place of the post."""
        found: defaultdict[int, set[int]] = defaultdict(set)
        for kind, numbers in self._needles.named.items():
            for place, name in batch.named(kind, numbers.keys()):
                found[place].add(numbers[name])
        return found

    def _count(self, found: Set[int]) -> None:
        self._counts.update(found)
        self.counted += 1

    def learned(self) -> Frequencies:
        """How often its needles were met, before it was built and since."""
        counts = self._counts.copy()  # others go on counting
        held = {needle: counts[number] for number, needle in self._needles.by_number().items()}
        return self.frequencies.with_more(self.counted, held)

    def _take(self, name: str, query: Query, called: Mapping[int, list[Call]]) -> None:
        assert query.tree is not None
        clock = query.context.clock
        anchor = rarest(required(query.tree), self.frequencies.share)
        rest = query.tree if anchor is None else without(query.tree, anchor)
        test = None if rest is None else make_test(rest, clock, self._needles)
        if has_dates(query.tree):
            test = _dated(test, clock)
        if anchor is None:
            self._always.append((name, test))
            return
        for number in self._needles(anchor):
            called[number].append((name, test))


class _Numbered:
    """Numbers of needles: those in the stream from 0 on, as the automaton counts them, others below."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.named: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._others = 0

    def __call__(self, needles: Needles) -> frozenset[int]:
        return frozenset(map(self._number, needles))

    def _number(self, needle: Needle) -> int:
        if isinstance(needle, str):
            return self.words.setdefault(needle, len(self.words))
        kind, name = needle
        numbers = self.named[kind]
        if name not in numbers:
            self._others -= 1
            numbers[name] = self._others
        return numbers[name]

    def numbers(self) -> list[int]:
        """All of them, as they stand in a list that is indexed by them."""
        return [*range(len(self.words)), *range(self._others, 0)]

    def by_number(self) -> dict[int, Needle]:
        """The needle of each number."""
        words: dict[int, Needle] = {number: word for word, number in self.words.items()}
        others = {
            number: (kind, name) for kind, names in self.named.items() for name, number in names.items()
        }
        return words | others


def _dated(test: Test | None, clock: Clock) -> Test:
    """The test of a query that asks for dates: an undated post never passes."""

    def dated(found: Set[int], post: Current) -> bool:
        return post.view.written_at(clock.zone) is not None and (test is None or test(found, post))

    return dated
