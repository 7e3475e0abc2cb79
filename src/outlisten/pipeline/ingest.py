"""The one way in: normalise → deduplicate → read → declare → keep → match → act."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Lock

import pyarrow as pa
import pyarrow.compute as pc

from outlisten.pipeline.journal import Journal, NoJournal
from outlisten.pipeline.normalise import fingerprints, normalise
from outlisten.pipeline.readers import Readers
from outlisten.posts.errors import StoreError
from outlisten.posts.schema import arrow_schema
from outlisten.posts.store import AddResult, PostStore
from outlisten.posts.valid_text import valid_text
from outlisten.words import Locale, words

ENGAGEMENT = ("likes", "comments", "shares", "views")
# Batches being read while one is being kept: enough to keep two readers busy, few enough to bound memory. (One that brings
# nothing new is not read.)
LOOK_AHEAD = 2
# What `refuse` is told by.
NAMED = ("platform", "author_id", "author_handle", "author")

REFUSED = "its author asked not to be collected"
Matches = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the application does with posts. A crash may repeat a call, never skip it.

    `refuse` takes posts before they are kept (or as much of them as names their authors) and returns the places of
    those that must not be: their authors asked not to be collected.
    `declare` takes complete posts before they are kept and returns them with what people declared of them (whose voice,
    which tags): the same rows in the same order. `match` takes posts just kept and returns (query id, post id) pairs;
    `act` takes those posts and pairs; `edited` takes posts kept before whose words are others now (after a crash they
    may come to `act` instead).
    """

    refuse: Callable[[pa.Table], Collection[int]] = lambda posts: ()
    declare: Callable[[pa.Table], pa.Table] = lambda posts: posts
    match: Callable[[pa.Table], Matches] = lambda posts: ()
    act: Callable[[pa.Table, Matches], None] = lambda posts, matches: None
    edited: Callable[[pa.Table], None] = lambda posts: None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A batch under way: what is new and being read, and what is known and may bring new numbers."""

    completed: Callable[[], pa.Table]
    rows: tuple[int, ...]
    known: pa.Table
    rejected: tuple[tuple[int, str], ...]


class Pipeline:
    """Takes batches in the schema's given columns into a store; safe to repeat a batch after any crash."""

    def __init__(
        self, store: PostStore, *, readers: Readers | None = None, hooks: Hooks | None = None,
        journal: Journal | None = None, clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        locale: Locale = "en",
    ) -> None:  # fmt: skip
        self._store = store
        self._readers = readers or Readers(at_rest=self._at_rest)
        self._hooks = hooks or Hooks()
        self._journal = journal or NoJournal()
        self._clock = clock
        self._locale = locale
        self._keeping = Lock()

    def ingest(self, posts: pa.Table) -> AddResult:
        """Take one batch in. When this returns, what was added is durable and has been acted on."""
        return self._keep(self._begin(posts))

    def ingest_many(self, batches: Iterable[pa.Table]) -> Iterator[AddResult]:
        """Take batches in, in order, reading the next ones while one is being kept; a result for each."""
        under_way: deque[_Reading] = deque()
        for posts in batches:
            under_way.append(self._begin(posts))
            while sum(bool(batch.rows) for batch in under_way) > LOOK_AHEAD:
                yield self._keep(under_way.popleft())
        while under_way:
            yield self._keep(under_way.popleft())

    def read_again(self, posts: pa.Table) -> pa.Table:
        """What today's models read in kept posts (columns text, title, lang_given), in the reading processes."""
        return self._readers.submit_again(posts)()

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Nothing is being kept meanwhile: what is kept afterwards was held against the refusals made inside."""
        with self._keeping:
            yield

    def refused(self, authors: Sequence[Mapping[str, str]]) -> frozenset[int]:
        """The places of those, each as far as its columns are told, who asked not to be collected."""
        if not authors:
            return frozenset()
        columns = {
            name: pa.array([_valid(author.get(name)) for author in authors], pa.string()) for name in NAMED
        }
        return frozenset(self._hooks.refuse(pa.table(columns)))

    def recover(self) -> int:
        """Act on what an earlier crash kept without acting; returns how many posts. Call it once at the start."""
        made_up = 0
        for entry, ids in self._journal.left():
            kept = [post for post in map(self._store.get, ids) if post is not None]
            if kept:
                self._act(pa.Table.from_pylist(kept, schema=arrow_schema()))
            self._journal.end(entry)
            made_up += len(kept)
        return made_up

    def close(self) -> None:
        """Stop the reading processes."""
        self._readers.close()

    def _at_rest(self) -> None:
        """A minute after the last large batch: nothing is being kept now, unless the store was closed meanwhile."""
        with suppress(StoreError):
            self._store.rest()

    def _begin(self, posts: pa.Table) -> _Reading:
        """Normalise, tell new from known, and start reading what is new."""
        good = normalise(posts, now=self._clock(), locale=self._locale)
        table = good.posts
        kept = self._store.known(table["id"].to_pylist())
        marks = zip(table["id"].to_pylist(), fingerprints(table), strict=True)
        fresh = pa.array([kept.get(identifier) != mark for identifier, mark in marks], pa.bool_())
        if "links" in posts.column_names:
            table = table.append_column("links", posts["links"].take(pa.array(good.rows, pa.int64())))
        rows = tuple(row for row, new in zip(good.rows, fresh.to_pylist(), strict=True) if new)
        known = table.filter(pc.invert(fresh)).select(["id", "seen_at", *ENGAGEMENT])
        return _Reading(self._readers.submit(table.filter(fresh)), rows, known, good.rejected)

    def _keep(self, batch: _Reading) -> AddResult:
        """Keep what was read, with what was declared of it, then match and act; one batch at a time."""
        posts = batch.completed()
        with self._keeping:
            posts, rows, refused = self._without_refused(posts, batch.rows)
            if posts.num_rows:
                posts = self._hooks.declare(posts)
            entry = self._journal.begin(posts["id"].to_pylist())
            result = self._store.add(posts) if posts.num_rows else AddResult()
            self._told(posts, result)
            self._journal.end(entry)
            renewed = self._renew(batch.known)
        late = [(rows[row], reason) for row, reason in result.rejected]
        asked = words("pipeline", self._locale)(REFUSED)
        return replace(
            result,
            refused=frozenset(refused),
            updated=result.updated + renewed,
            duplicate=result.duplicate + batch.known.num_rows - renewed,
            rejected=tuple(sorted([*batch.rejected, *late, *((row, asked) for row in refused)])),
        )

    def _without_refused(
        self, posts: pa.Table, rows: tuple[int, ...]
    ) -> tuple[pa.Table, tuple[int, ...], list[int]]:
        """The posts that may be kept, their rows in the batch, and the rows of those that may not."""
        unwanted = set(self._hooks.refuse(posts)) if posts.num_rows else set()
        if not unwanted:
            return posts, rows, []
        stay = [place for place in range(posts.num_rows) if place not in unwanted]
        kept = posts.take(pa.array(stay, pa.int64()))
        return kept, tuple(rows[place] for place in stay), [rows[place] for place in sorted(unwanted)]

    def _renew(self, known: pa.Table) -> int:
        """Note new numbers of posts we hold; returns how many posts have newer ones."""
        told = known.filter(_any_known(known))
        if not told.num_rows:
            return 0
        return self._store.add_engagement(told.rename_columns(["id", "observed_at", *ENGAGEMENT]))

    def _told(self, posts: pa.Table, result: AddResult) -> None:
        """What was added is acted on; what was kept before and reads otherwise now is told apart."""
        new = pc.is_in(posts["id"], pa.array(result.added_ids, pa.string()))
        if result.added_ids:
            self._act(posts.filter(new))
        if result.updated:
            self._hooks.edited(posts.filter(pc.invert(new)))

    def _act(self, posts: pa.Table) -> None:
        self._hooks.act(posts, self._hooks.match(posts))


def _valid(said: str | None) -> str | None:
    return None if said is None else valid_text(said)


def _any_known(posts: pa.Table) -> pa.Array | pa.ChunkedArray:
    known = pc.is_valid(posts[ENGAGEMENT[0]])
    for name in ENGAGEMENT[1:]:
        known = pc.or_(known, pc.is_valid(posts[name]))
    return known
