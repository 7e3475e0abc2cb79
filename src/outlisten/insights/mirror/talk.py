"""Posts between a company and its customers, read once: what it wrote, and who addressed it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

import polars as pl
import pyarrow as pa

from outlisten.insights.authors import author_keys
from outlisten.insights.evidence import having, narrowed, reparsed
from outlisten.posts.store import ALL_TIME, Budget, PostStore, TimeRange
from outlisten.query import Query

TOGETHER = 100  # names asked for in one query: far below the language's own limits
HANDLE = re.compile(r"\w+")
READ = 20_000  # posts a side, the newest: conversations must be whole, so no random sample
BUDGET = Budget(rows=READ, seconds=10.0)
COLUMNS = (
    "id", "platform", "native_id", "created_at", "date_only", "title", "text", "author", "author_handle", "author_id",
    "author_names", "to", "to_names", "mentions", "reply_to", "thread", "voice",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """The newest posts of one side, oldest first, with the columns of COLUMNS, `person` (a key for each author) and
    `conversation` (a key for each thread). `cut` says that there are older ones."""

    posts: pl.DataFrame
    cut: bool = False

    @property
    def since(self) -> datetime | None:
        """From when on nothing is missing; None where nothing is."""
        found = self.posts["created_at"].min() if self.cut else None
        assert found is None or isinstance(found, datetime)
        return found


@dataclass(frozen=True, slots=True)
class CompanyPosts:
    """What one company wrote, and the posts of people who address it.

    `cut` says that older posts of companies were not read. Before `replies_since` replies to its posts may be missing;
    None where all are here.
    """

    written: pl.DataFrame
    asked: pl.DataFrame
    cut: bool
    replies_since: datetime | None


@dataclass(frozen=True, slots=True)
class Talk:
    """What companies wrote, and what people wrote to any of them, as `read_talk` found it."""

    written: Side
    asked: pl.DataFrame
    replies_since: datetime | None

    def of(self, called: frozenset[str]) -> CompanyPosts:
        """The part of one company: `called` are its accounts and names, folded (`query.folding.fold`).

        What mentions it, is addressed to it or replies to one of its posts is addressed to it. Where not all that companies
        wrote was read, older questions are left out: whether they were answered is not known.
        """
        written = written_by(self.written, called)
        posts = written.select(_post(pl.col("native_id"))).to_series().implode()
        addressed = (
            _any(pl.col("to_names"), called)
            | _any(pl.col("mentions"), called)
            | _post(pl.col("reply_to")).is_in(posts)
        )
        asked = self.asked.filter(addressed.fill_null(value=False))
        if self.written.since is not None:
            asked = asked.filter(pl.col("created_at") >= self.written.since)
        return CompanyPosts(written, asked, self.written.cut, self.replies_since)


def written_by(written: Side, called: frozenset[str]) -> pl.DataFrame:
    """The posts of those who are called so."""
    return written.posts.filter(_any(pl.col("author_names"), called))


def read_side(store: PostStore, query: Query, window: TimeRange = ALL_TIME) -> Side:
    """The newest posts of a query, up to 20,000."""
    page = store.search(query, window=window, limit=READ, columns=COLUMNS, budget=BUDGET)
    return Side(_frame(page.posts), page.cut or page.after is not None)


def read_talk(
    store: PostStore, written: Side, asked: Query, called: Collection[str], window: TimeRange = ALL_TIME
) -> Talk:
    """The talk around what companies wrote: of the posts of `asked` the newest that are addressed to, or mention, those
    `called` so (folded), and the newest of all, among which are replies that name nobody."""
    sides = [read_side(store, query, window) for query in (*_addressed(asked, called), asked)]
    posts = pl.concat([side.posts for side in sides]).unique("id").sort("created_at", "id", nulls_last=True)
    starts = [side.since for side in sides if side.since]
    return Talk(written, posts, max(starts, default=None))


def _addressed(asked: Query, called: Collection[str]) -> Iterator[Query]:
    names = sorted(called)
    for first in range(0, len(names), TOGETHER):
        some = names[first : first + TOGETHER]
        clauses = [having("to", name) for name in some]
        clauses += [f"@{name}" for name in some if HANDLE.fullmatch(name)]
        yield reparsed(narrowed(asked, f"({' OR '.join(clauses)})", zone=asked.context.zone), asked)


def _frame(posts: pa.Table) -> pl.DataFrame:
    """Posts with the keys of their author and of their conversation, oldest first."""
    frame = pl.from_arrow(posts.append_column("person", author_keys(posts)))
    assert isinstance(frame, pl.DataFrame)
    root = pl.coalesce("thread", "reply_to", "native_id", "id")
    return frame.with_columns(conversation=_post(root)).sort("created_at", "id", nulls_last=True)


def _post(native: pl.Expr) -> pl.Expr:
    """A post by its number on its own network."""
    return pl.concat_str(pl.col("platform"), native, separator="\t")


def _any(names: pl.Expr, wanted: Collection[str]) -> pl.Expr:
    """Whether a list of names holds one of those wanted."""
    return names.list.set_intersection(pl.Series(sorted(wanted), dtype=pl.String).implode()).list.len() > 0
