"""The live matcher: which of many saved queries match new posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from threading import Lock, Thread

import pyarrow as pa

from outlisten.query.evaluate import matches
from outlisten.query.parser import Query
from outlisten.query.watch import Watch

Post = Mapping[str, object]
# Queries that came since the watch was built are asked one by one; beyond this many changes it is built anew.
CHANGES = 32


class Matcher:
    """Saved queries, ready to be asked of posts. Queries come and go while other threads match."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._queries: dict[str, Query] = {}
        self._watch = Watch({})
        self._changes = 0
        self._builder: Thread | None = None

    def add(self, query_id: str, query: Query) -> None:
        """Watch for a query; one with the same id is replaced. Raises ValueError when it is not valid."""
        if query.tree is None:
            raise ValueError("a query with mistakes cannot be watched for")
        with self._lock:
            self._queries[query_id] = query
            self._changes += 1

    def remove(self, query_id: str) -> None:
        """Watch no longer for a query; one that is not known is ignored."""
        with self._lock:
            self._changes += self._queries.pop(query_id, None) is not None

    def match(self, posts: Sequence[Post] | pa.Table) -> list[tuple[str, str]]:
        """(query id, post id) of every match, in the order of the posts, then of the query ids.

        Posts are as in the language's part 5, or kept rows; each has an `id`.
        """
        queries, watch = self._current()
        late = {name: query for name, query in queries.items() if watch.queries.get(name) is not query}
        found: list[tuple[str, str]] = []
        for post in _rows(posts):
            hits = [name for name in watch.hits(post) if watch.queries[name] is queries.get(name)]
            hits += [name for name, query in late.items() if matches(query, post)]
            found += [(name, str(post["id"])) for name in sorted(hits)]
        return found

    def _current(self) -> tuple[dict[str, Query], Watch]:
        """The queries of this moment, and the watch that is nearest to them."""
        with self._lock:
            queries, watch, changes = dict(self._queries), self._watch, self._changes
        if changes > len(watch.queries):
            return queries, self._build(queries, changes)
        if changes > CHANGES:
            self._build_beside(queries, changes)
        return queries, watch

    def _build_beside(self, queries: dict[str, Query], changes: int) -> None:
        with self._lock:
            if self._builder is None or not self._builder.is_alive():
                self._builder = Thread(target=self._build, args=(queries, changes), daemon=True)
                self._builder.start()

    def _build(self, queries: dict[str, Query], changes: int) -> Watch:
        watch = Watch(queries)
        with self._lock:
            self._watch = watch
            self._changes -= changes
        return watch


class _Row(Mapping[str, object]):
    """One row of a table as a mapping. A column is turned into Python values when it is first asked for."""

    def __init__(self, table: pa.Table, columns: dict[str, list[object]], place: int) -> None:
        self._table, self._columns, self._place = table, columns, place

    def __getitem__(self, name: str) -> object:
        if name not in self._columns:
            if name not in self._table.column_names:
                raise KeyError(name)
            self._columns[name] = self._table[name].to_pylist()
        return self._columns[name][self._place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table.column_names)

    def __len__(self) -> int:
        return len(self._table.column_names)


def _rows(posts: Sequence[Post] | pa.Table) -> Iterator[Post]:
    if not isinstance(posts, pa.Table):
        yield from posts
        return
    columns: dict[str, list[object]] = {}
    yield from (_Row(posts, columns, place) for place in range(posts.num_rows))
