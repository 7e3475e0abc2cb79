"""The live matcher: which of many saved queries match new posts.

Queries stand in a few watches. Those that came last are built into a small one by whoever matches next; a thread beside
builds one of all of them, while the others go on being asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock, Thread

import pyarrow as pa

from outlisten.query.batch import Batch, Post, batches
from outlisten.query.frequencies import Frequencies
from outlisten.query.parser import Query
from outlisten.query.watch import Watch

# All is built anew when more queries than these came or went, or one in so many.
CHANGES, SHARE = 32, 64
# And when so many posts were counted, and several times as many as were known when it was built.
COUNTED, TIMES = 500, 3
Watching = list[tuple[Watch, frozenset[str]]]


class Matcher:
    """Saved queries, ready to be asked of posts. Queries come and go while other threads match."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._queries: dict[str, Query] = {}
        self._new: dict[str, Query] = {}  # in no watch yet
        self._watches: tuple[Watch, ...] = ()
        self._watching: Watching | None = None  # None when something changed
        self._builder: Thread | None = None

    def add(self, query_id: str, query: Query) -> None:
        """Watch for a query; one with the same id is replaced. Raises ValueError when it is not valid."""
        if query.tree is None:
            raise ValueError("a query with mistakes cannot be watched for")
        with self._lock:
            self._queries[query_id] = self._new[query_id] = query
            self._watching = None

    def remove(self, query_id: str) -> None:
        """Watch no longer for a query; one that is not known is ignored."""
        with self._lock:
            self._new.pop(query_id, None)
            if self._queries.pop(query_id, None) is not None:
                self._watching = None

    def match(self, posts: Sequence[Post] | pa.Table) -> list[tuple[str, str]]:
        """(query id, post id) of every match, in the order of the posts, then of the query ids.

        Posts are as in the language's part 5, or kept rows; each has an `id`.
        """
        found: list[tuple[str, str]] = []
        watches = self._current()
        if not watches:
            return found
        for batch in batches(posts):
            for post, names in zip(batch.ids, _hits(batch, watches), strict=True):
                for name in sorted(names) if len(names) > 1 else names:
                    found.append((name, post))
        self._build_beside()
        return found

    def _current(self) -> Watching:
        """Watches that hold all queries of this moment, each with the names it still holds of others."""
        with self._lock:
            if self._new:
                self._watches = _with(self._watches, self._new)
                self._new = {}
                self._watching = None
            if self._watching is None:
                self._watching = [(watch, _gone(watch, self._queries)) for watch in self._watches]
            return self._watching

    def _build_beside(self) -> None:
        """Start building one watch of all queries, if that is worth it and nobody does."""
        with self._lock:
            building = self._builder is not None and self._builder.is_alive()
            if not building and _is_worth_building(self._watches, len(self._queries)):
                queries = self._queries.copy()
                self._builder = Thread(target=self._build, args=(queries, self._watches), daemon=True)
                self._builder.start()

    def _build(self, queries: dict[str, Query], replaced: tuple[Watch, ...]) -> None:
        watch = Watch(queries, replaced[0].learned())
        with self._lock:
            since = [old for old in self._watches if old not in replaced]
            self._watches = (watch, *(old for old in since if not _holds_all(watch, old)))
            self._watching = None


def _with(watches: tuple[Watch, ...], queries: dict[str, Query]) -> tuple[Watch, ...]:
    """The watches and one of more queries; it takes in those of its size or smaller, so that there are ever few."""
    kept = list(watches)
    taken = dict(queries)
    while kept and len(kept[-1].queries) <= len(taken):
        taken = kept.pop().queries | taken
    known = watches[0].frequencies if watches else Frequencies()
    return (*kept, Watch(taken, known))


def _is_worth_building(watches: tuple[Watch, ...], live: int) -> bool:
    if not watches:
        return False
    first, held = watches[0], sum(len(watch.queries) for watch in watches)
    late, gone = held - len(first.queries), held - live
    if late + gone > max(CHANGES, live // SHARE):
        return True
    return first.counted > max(COUNTED, TIMES * first.frequencies.posts)


def _holds_all(watch: Watch, other: Watch) -> bool:
    return all(watch.queries.get(name) is query for name, query in other.queries.items())


def _gone(watch: Watch, queries: Mapping[str, Query]) -> frozenset[str]:
    """The queries of a watch that were removed or replaced since it was built."""
    return frozenset(name for name, query in watch.queries.items() if queries.get(name) is not query)


def _hits(batch: Batch, watching: Watching) -> list[set[str]]:
    """The names of the queries of this moment that match, for one post after the other."""
    hits: list[set[str]] = [set() for _ in batch.ids]
    for watch, gone in watching:
        if gone:
            these: list[set[str]] = [set() for _ in batch.ids]
            watch.look(batch, these)
            for names, more in zip(hits, these, strict=True):
                names.update(more - gone)
        else:
            watch.look(batch, hits)
    return hits
