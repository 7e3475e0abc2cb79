"""Posts between a company and its customers, read once: what it wrote, and who addressed it."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from outlisten.insights.authors import author_keys
from outlisten.posts.store import ALL_TIME, Budget, PostStore, TimeRange
from outlisten.query import Query

READ = 20_000  # posts a side, the newest: conversations must be whole, so no random sample
BUDGET = Budget(rows=READ, seconds=10.0)
COLUMNS = (
    "id", "platform", "native_id", "created_at", "date_only", "title", "text", "author", "author_handle", "author_id",
    "author_names", "to", "to_names", "mentions", "reply_to", "thread", "voice",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CompanyPosts:
    """The posts of one company and the posts of people who address it.

    Both frames have the columns of COLUMNS, `person` (a key for each author) and `conversation` (a key for each thread).
    """

    written: pl.DataFrame
    asked: pl.DataFrame
    cut: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """What companies wrote and what people wrote to anybody, as `read_talk` found it."""

    written: pl.DataFrame
    asked: pl.DataFrame
    cut: bool

    def of(self, called: frozenset[str]) -> CompanyPosts:
        """The part of one company: `called` are its accounts and names, folded (`query.folding.fold`).

        What mentions it, is addressed to it or replies to one of its posts is addressed to it.
        """
        names = pl.Series(sorted(called), dtype=pl.String).implode()
        written = self.written.filter(_any(pl.col("author_names"), names))
        posts = written.select(_post(pl.col("native_id"))).to_series().implode()
        addressed = (
            _any(pl.col("to_names"), names)
            | _any(pl.col("mentions"), names)
            | _post(pl.col("reply_to")).is_in(posts)
        )
        return CompanyPosts(written, self.asked.filter(addressed.fill_null(value=False)), self.cut)


def read_talk(store: PostStore, written: Query, asked: Query, window: TimeRange = ALL_TIME) -> Talk:
    """The newest posts of companies (`written`) and of people (`asked`), up to 20,000 of each.

    When one side is cut, both begin where the shorter one does, so that no conversation lacks its answers.
    """
    ours, theirs = (_newest(store, query, window) for query in (written, asked))
    cut = ours.cut or theirs.cut
    frames = [_frame(side.posts) for side in (ours, theirs)]
    starts = [
        frame["created_at"].min() for frame, side in zip(frames, (ours, theirs), strict=True) if side.cut
    ]
    known = [start for start in starts if start is not None]
    if known:
        frames = [frame.filter(pl.col("created_at") >= max(known)) for frame in frames]
    return Talk(frames[0], frames[1], cut)


@dataclass(frozen=True, slots=True)
class _Newest:
    posts: pa.Table
    cut: bool


def _newest(store: PostStore, query: Query, window: TimeRange) -> _Newest:
    page = store.search(query, window=window, limit=READ, columns=COLUMNS, budget=BUDGET)
    return _Newest(page.posts, page.cut or page.after is not None)


def _frame(posts: pa.Table) -> pl.DataFrame:
    """Posts with the keys of their author and of their conversation, oldest first."""
    frame = pl.from_arrow(posts.append_column("person", author_keys(posts)))
    assert isinstance(frame, pl.DataFrame)
    root = pl.coalesce("thread", "reply_to", "native_id", "id")
    return frame.with_columns(conversation=_post(root)).sort("created_at", "id", nulls_last=True)


def _post(native: pl.Expr) -> pl.Expr:
    """A post by its number on its own network."""
    return pl.concat_str(pl.col("platform"), native, separator="\t")


def _any(names: pl.Expr, wanted: pl.Expr | pl.Series) -> pl.Expr:
    """Whether a list of names holds one of those wanted."""
    return names.list.set_intersection(wanted).list.len() > 0
