"""What a store of posts can do, whichever engine keeps them. Open one with `open_store(url)`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, Protocol
from zoneinfo import ZoneInfo

import pyarrow as pa

if TYPE_CHECKING:
    from outlisten.query import Query


Bucket = Literal["hour", "day", "week", "month"]


@dataclass(frozen=True, slots=True)
class TimeRange:
    """Posts from `start` (included) to `end` (excluded), both UTC; None is open. Undated posts are only inside
    the range that is open at both ends."""

    start: datetime | None = None
    end: datetime | None = None


ALL_TIME = TimeRange()


@dataclass(frozen=True, slots=True)
class Budget:
    """How much one question may cost: rows returned and seconds of engine time."""

    rows: int = 10_000
    seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class AddResult:
    """What became of a batch: counts, and the rejected rows as (row number in the batch, reason).

    `refused` are those of the rejected rows whose authors asked not to be collected: nothing of them may be kept.
    """

    added: int = 0
    updated: int = 0
    duplicate: int = 0
    rejected: tuple[tuple[int, str], ...] = ()
    added_ids: tuple[str, ...] = ()
    refused: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Count:
    value: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A table and whether a limit or the time budget cut it."""

    table: pa.Table
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of posts, newest first; `after` is the cursor of the next page, None on the last."""

    posts: pa.Table
    after: str | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything the Listen page needs, from as few engine calls as possible."""

    count: int
    undated: int
    authors: int
    histogram: pa.Table  # bucket start (date32 or timestamp, in the asked zone), posts
    facets: Mapping[str, pa.Table]  # field → (value, posts), biggest first; a null value is *missing*
    newest: Page
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure removed: ids and where; kept as the receipt."""

    posts: int
    ids: tuple[str, ...]
    physically_removed: bool
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Account:
    """Whose posts are meant: an account of one platform, by its stable id, its handle, else its name."""

    platform: str
    author_id: str | None = None
    handle: str | None = None
    name: str | None = None


# Columns and the value each must have, among `platform`, `source` and `type`; empty is every post.
Kinds = Mapping[Literal["platform", "source", "type"], str]


@dataclass(frozen=True, slots=True)
class Aged:
    """Posts written before a moment: how many, when the oldest was written, and the ids of the oldest ones."""

    posts: int
    oldest: datetime | None
    ids: tuple[str, ...] = ()
    cut: bool = False


class PostStore(Protocol):
    """Calls that suit chDB in this process and a ClickHouse cluster alike. Every question takes a time range and
    a budget, and says when it was cut. `query=None` asks about all posts."""

    url: str

    def add(self, posts: pa.Table) -> AddResult: ...
    def known(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Fingerprints of those ids that are kept already."""
        ...

    def get(self, identifier: str) -> dict[str, object] | None: ...
    def some(self, identifiers: Sequence[str]) -> Mapping[str, dict[str, object]]:
        """Those of these posts that are kept, by id, with what a list of posts shows."""
        ...

    def thread(
        self, identifier: str, *, columns: Sequence[str] | None = None, budget: Budget = ...
    ) -> Rows: ...
    def search(
        self,
        query: Query | None,
        *,
        window: TimeRange = ...,
        limit: int = 50,
        after: str | None = None,
        columns: Sequence[str] | None = None,
        budget: Budget = ...,
    ) -> Page: ...
    def read_by_others(
        self,
        models: Sequence[str],
        *,
        window: TimeRange = ...,
        limit: int = 50,
        after: str | None = None,
        columns: Sequence[str] | None = None,
        budget: Budget = ...,
    ) -> Page:
        """A page of the posts whose stored `model` is none of these, newest first; unread posts are among them."""
        ...

    def count(self, query: Query | None, *, window: TimeRange = ..., budget: Budget = ...) -> Count: ...
    def histogram(
        self,
        query: Query | None,
        *,
        bucket: Bucket = "day",
        zone: ZoneInfo = ...,
        window: TimeRange = ...,
        by: str | None = None,
        budget: Budget = ...,
    ) -> Rows:
        """(bucket, [by,] posts, authors); empty buckets are left out, undated posts too."""
        ...

    def facets(
        self,
        query: Query | None,
        fields: Sequence[str],
        *,
        top: int = 20,
        window: TimeRange = ...,
        budget: Budget = ...,
    ) -> Mapping[str, Rows]:
        """field → (value, posts, authors). Array fields count each value. A null value is *missing*."""
        ...

    def sample(
        self,
        query: Query | None,
        *,
        size: int,
        seed: int,
        columns: Sequence[str] | None = None,
        window: TimeRange = ...,
        budget: Budget = ...,
    ) -> Rows:
        """A simple random sample without replacement; the same seed gives the same posts."""
        ...

    def dashboard(
        self,
        query: Query | None,
        *,
        bucket: Bucket = "day",
        zone: ZoneInfo = ...,
        fields: Sequence[str] = ...,
        top: int = 10,
        newest: int = 50,
        columns: Sequence[str] | None = None,
        window: TimeRange = ...,
        budget: Budget = ...,
    ) -> Dashboard:
        """`columns` are those of the newest posts: each costs time, above all for rare words."""
        ...

    def add_engagement(self, readings: pa.Table) -> int:
        """Rows (id, observed_at, likes, comments, shares, views): history is kept, the post shows the newest."""
        ...

    def add_readings(self, readings: pa.Table) -> int:
        """Rows (id, read_at, and the schema's reading columns): history is kept, the post shows the newest."""
        ...

    def revise_readings(self, changed: pa.Table) -> int:
        """Rows (id, read_at, and some of the schema's reading columns), each post once: these get new values, the
        others stay as they are. History is kept."""
        ...

    def without_vectors(self, model: str, *, limit: int) -> pa.Table:
        """(id, fingerprint, title, text) of posts that a model has given no vector yet, newest first: what is left
        to do, whatever stopped the work before."""
        ...

    def add_vectors(self, made: pa.Table, *, model: str) -> int:
        """Rows (id, fingerprint, signature, vector: numbers from -1 to 1), as `without_vectors` named the posts. A post that
        was erased or edited meanwhile, or has its vector, is left out; vectors of other models are replaced. Returns how
        many were added."""
        ...

    def with_vectors(self, model: str) -> int:
        """How many posts a model has given a vector."""
        ...

    def nearest(
        self,
        vector: Sequence[float],
        *,
        model: str,
        query: Query | None = None,
        window: TimeRange = ...,
        limit: int = 100,
        budget: Budget = ...,
    ) -> Rows:
        """(id, similarity, signature) of the posts that the query finds whose vectors have the greatest dot product with
        this one, nearest first."""
        ...

    def history(self, identifier: str) -> Mapping[str, Rows]:
        """ "engagement" and "readings" of one post, oldest first."""
        ...

    def accounts(self, name: str, *, platform: str | None = None, budget: Budget = ...) -> Rows:
        """(platform, author_id, author_handle, author, posts, first, last) of the accounts of a name, handle or id."""
        ...

    def posts_of(self, account: Account) -> Sequence[str]:
        """The ids of every post of an account."""
        ...

    def at_address(self, url: str) -> str | None:
        """The id of the post with this link."""
        ...

    def aged(
        self,
        before: datetime,
        *,
        of: Kinds = ...,
        without: Sequence[Kinds] = (),
        spare: Sequence[str] = (),
        ids: int = 0,
        budget: Budget = ...,
    ) -> Aged:
        """Posts of a kind, of none of the kinds in `without`, and not in `spare`, written before a moment; `ids` of
        them named."""
        ...

    def erase(
        self, *, ids: Sequence[str] = (), author: str | None = None, platform: str | None = None
    ) -> Erasure: ...
    def newest(self) -> datetime | None:
        """When the newest dated post was written: the as-of day of an archive."""
        ...

    def days(self) -> tuple[date, date] | None: ...
    def rest(self) -> None: ...
    def close(self) -> None: ...
