"""The `PostStore` of a folder: each call handed to the module that knows how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pyarrow as pa

from outlisten.posts.chdb import accounts, adding, ageing, erasing, figures, nearest, reading, vectors
from outlisten.posts.chdb.changes import observations, readings, revisions
from outlisten.posts.chdb.dashboard import dashboard
from outlisten.posts.chdb.engagement import observe
from outlisten.posts.chdb.history import history
from outlisten.posts.chdb.known import KnownPosts
from outlisten.posts.chdb.opening import opened, read_known
from outlisten.posts.chdb.readings import reread, revise
from outlisten.posts.chdb.resting import rest
from outlisten.posts.errors import BadIdentifier, NobodyNamed
from outlisten.posts.identity import identifier as named
from outlisten.posts.identity import key
from outlisten.posts.schema import names
from outlisten.posts.store import (
    ALL_TIME,
    Account,
    AddResult,
    Aged,
    Bucket,
    Budget,
    Count,
    Dashboard,
    Erasure,
    Kinds,
    Page,
    Rows,
    TimeRange,
)

if TYPE_CHECKING:
    from outlisten.query import Query

UTC_ZONE = ZoneInfo("UTC")
BUDGET = Budget()
FIELDS = ("platform", "lang", "sentiment", "site")
EVERY_KIND: Kinds = {}


class ChdbStore:
    """Posts in a folder of this machine. Threads may share it; another process may not have it at the same time."""

    def __init__(self, folder: Path, *, url: str, create: bool = True, durable: bool = False) -> None:
        self.url = url
        self._ownership, self._engine = opened(folder, create=create, durable=durable)
        self._kept: KnownPosts | None = None
        try:
            self._known()
        except BaseException:
            self.close()
            raise

    def add(self, posts: pa.Table) -> AddResult:
        """Keep complete posts (every column of the schema). All of it is committed when this returns."""
        with self._changing() as known:
            return adding.add(self._engine, known, posts)

    def known(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Fingerprints of those ids that are kept already."""
        found = self._known().find([_key(identifier) for identifier in ids])
        return {named(number): post.fingerprint for number, post in found.items()}

    def get(self, identifier: str) -> dict[str, object] | None:
        """Every column of a post, or None when it is not kept."""
        return self._one(identifier, names())

    def some(self, identifiers: Sequence[str]) -> Mapping[str, dict[str, object]]:
        """Those of these posts that are kept, by id, with what a list of posts shows. Raises BadIdentifier."""
        kept = self._known().find(sorted({_key(identifier) for identifier in identifiers}))
        return reading.some(self._engine, {number: one.created_at for number, one in kept.items()})

    def _one(self, identifier: str, columns: Sequence[str]) -> dict[str, object] | None:
        number = _key(identifier)
        kept = self._known().find([number]).get(number)
        return reading.get(self._engine, number, kept.created_at, columns) if kept else None

    def thread(
        self, identifier: str, *, columns: Sequence[str] | None = None, budget: Budget = BUDGET
    ) -> Rows:
        """The conversation a post belongs to, oldest first; no rows when the post is not kept."""
        post = self._one(identifier, reading.PLACED)
        return reading.thread(self._engine, post, columns=columns, budget=budget)

    def search(
        self, query: Query | None, *, window: TimeRange = ALL_TIME, limit: int = 50, after: str | None = None,
        columns: Sequence[str] | None = None, budget: Budget = BUDGET,
    ) -> Page:  # fmt: skip
        """A page of posts, newest first, undated last; `after` is the address of the page. Raises BadCursor."""
        return reading.search(
            self._engine, query, window=window, limit=limit, at=after, columns=columns, budget=budget
        )

    def read_by_others(
        self, models: Sequence[str], *, window: TimeRange = ALL_TIME, limit: int = 50, after: str | None = None,
        columns: Sequence[str] | None = None, budget: Budget = BUDGET,
    ) -> Page:  # fmt: skip
        """A page of the posts whose stored `model` is none of these, newest first. Raises BadCursor."""
        return reading.read_by_others(
            self._engine, models, window=window, limit=limit, at=after, columns=columns, budget=budget
        )

    def count(self, query: Query | None, *, window: TimeRange = ALL_TIME, budget: Budget = BUDGET) -> Count:
        """How many posts; at least so many when cut."""
        return figures.count(self._engine, query, window=window, budget=budget)

    def histogram(
        self, query: Query | None, *, bucket: Bucket = "day", zone: ZoneInfo = UTC_ZONE, window: TimeRange = ALL_TIME,
        by: str | None = None, budget: Budget = BUDGET,
    ) -> Rows:  # fmt: skip
        """(bucket, [by,] posts, authors) in order of time; empty buckets are left out, undated posts too."""
        return figures.histogram(
            self._engine, query, bucket=bucket, zone=zone, window=window, by=by, budget=budget
        )

    def facets(
        self, query: Query | None, fields: Sequence[str], *, top: int = 20, window: TimeRange = ALL_TIME,
        budget: Budget = BUDGET,
    ) -> Mapping[str, Rows]:  # fmt: skip
        """field → (value, posts, authors), biggest first. Raises BadField."""
        return figures.facets(self._engine, query, fields, top=top, window=window, budget=budget)

    def sample(
        self, query: Query | None, *, size: int, seed: int, columns: Sequence[str] | None = None,
        window: TimeRange = ALL_TIME, budget: Budget = BUDGET,
    ) -> Rows:  # fmt: skip
        """A simple random sample without replacement; the same seed gives the same posts."""
        return reading.sample(
            self._engine, query, size=size, seed=seed, columns=columns, window=window, budget=budget
        )

    def dashboard(
        self, query: Query | None, *, bucket: Bucket = "day", zone: ZoneInfo = UTC_ZONE,
        fields: Sequence[str] = FIELDS, top: int = 10, newest: int = 50,
        columns: Sequence[str] | None = None, window: TimeRange = ALL_TIME, budget: Budget = BUDGET,
    ) -> Dashboard:  # fmt: skip
        """Everything the Listen page needs; `columns` are those of the newest posts."""
        return dashboard(
            self._engine, query, bucket=bucket, zone=zone, fields=fields, top=top, newest=newest, columns=columns,
            window=window, budget=budget,
        )  # fmt: skip

    def add_engagement(self, observed: pa.Table) -> int:
        """Rows (id, observed_at, likes, comments, shares, views); returns how many posts show new numbers."""
        with self._changing() as known:
            rows, kept = observations(observed, known.find)
            return len(observe(self._engine, rows, kept))

    def add_readings(self, read: pa.Table) -> int:
        """Rows (id, read_at, and the schema's reading columns); returns how many posts were read again."""
        with self._changing() as known:
            rows, kept = readings(read, known.find)
            return len(reread(self._engine, rows, kept))

    def revise_readings(self, changed: pa.Table) -> int:
        """Rows (id, read_at, and some reading columns); the others stay. Returns how many posts were changed."""
        with self._changing() as known:
            rows, kept = revisions(changed, known.find)
            return len(revise(self._engine, rows, kept))

    def without_vectors(self, model: str, *, limit: int) -> pa.Table:
        """(id, fingerprint, title, text) of posts that this model has given no vector yet, newest first."""
        return vectors.lacking(self._engine, model, limit)

    def add_vectors(self, made: pa.Table, *, model: str) -> int:
        """Rows (id, fingerprint, signature, vector); returns how many posts have got theirs."""
        with self._changing() as known:
            return vectors.add(self._engine, known.find, made, model)

    def with_vectors(self, model: str) -> int:
        """How many posts this model has given a vector."""
        return vectors.counted(self._engine, model)

    def nearest(
        self, vector: Sequence[float], *, model: str, query: Query | None = None, window: TimeRange = ALL_TIME,
        limit: int = 100, budget: Budget = BUDGET,
    ) -> Rows:  # fmt: skip
        """(id, similarity, signature) of the posts whose vectors point most nearly as this one does, nearest first."""
        return nearest.nearest(
            self._engine, vector, model=model, query=query, window=window, limit=limit, budget=budget
        )

    def history(self, identifier: str) -> Mapping[str, Rows]:
        """ "engagement" and "readings" of one post, oldest first; empty when the post is not kept."""
        number = _key(identifier)
        kept = self._known().find([number]).get(number)
        return history(self._engine, number, kept.created_at if kept else 0)

    def accounts(self, name: str, *, platform: str | None = None, budget: Budget = BUDGET) -> Rows:
        """(platform, author_id, author_handle, author, posts, first, last) of each account of a name, handle or id."""
        return accounts.accounts(self._engine, name, platform=platform, budget=budget)

    def posts_of(self, account: Account) -> Sequence[str]:
        """The ids of every post of an account."""
        return accounts.posts_of(self._engine, account)

    def at_address(self, url: str) -> str | None:
        """The id of the post with this link; None when we hold none."""
        return accounts.at_address(self._engine, url)

    def aged(
        self, before: datetime, *, of: Kinds = EVERY_KIND, without: Sequence[Kinds] = (), spare: Sequence[str] = (),
        ids: int = 0,
        budget: Budget = BUDGET,
    ) -> Aged:  # fmt: skip
        """Posts of a kind written before a moment; an undated one counts from when it was first seen."""
        return ageing.aged(
            self._engine, before, of=of, without=without, spare=spare, ids=ids, seconds=budget.seconds
        )

    def erase(
        self, *, ids: Sequence[str] = (), author: str | None = None, platform: str | None = None
    ) -> Erasure:
        """Erase posts by id, or all of an account (on one platform); returns the receipt."""
        if not ids and not author:
            raise NobodyNamed
        with self._changing() as known:
            chosen = erasing.chosen(self._engine, [_key(identifier) for identifier in ids], author, platform)
            erasing.hide(self._engine, chosen)
            known.drop(list(chosen))
            removed = erasing.remove(self._engine)
        return Erasure(len(chosen), tuple(map(named, chosen)), removed, erasing.notes(removed))

    def newest(self) -> datetime | None:
        """When the newest dated post was written."""
        span = self._span()
        return datetime.fromtimestamp(span[1], UTC) if span else None

    def days(self) -> tuple[date, date] | None:
        """The first and the last day (UTC) with a dated post."""
        span = self._span()
        return (_day(span[0]), _day(span[1])) if span else None

    def rest(self) -> None:
        """Do what makes questions quicker and memory smaller; for times when no posts come in."""
        rest(self._engine)

    def close(self) -> None:
        """Finish the statements under way and give the folder back."""
        self._engine.close()
        self._ownership.release()

    def _span(self) -> tuple[int, int] | None:
        sql = "SELECT min(created_at) AS first, max(created_at) AS last FROM posts WHERE created_at > 0"
        table = self._engine.ask(sql).table
        first, last = table["first"][0].as_py(), table["last"][0].as_py()
        return (first, last) if last else None

    def _known(self) -> KnownPosts:
        known = self._kept
        if known is None:
            with self._engine.writing:
                known = self._kept = read_known(self._engine)
        return known

    @contextmanager
    def _changing(self) -> Iterator[KnownPosts]:
        """One change at a time; after a failure what is kept is read back from the table, which alone knows."""
        with self._engine.writing:
            known = self._known()
            try:
                yield known
            except BaseException:
                self._kept = None
                raise


def _key(identifier: str) -> int:
    try:
        return key(identifier)
    except ValueError as failure:
        raise BadIdentifier(identifier=repr(identifier[:80])) from failure


def _day(second: int) -> date:
    return datetime.fromtimestamp(second, UTC).date()
