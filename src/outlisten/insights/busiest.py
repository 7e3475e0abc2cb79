"""Who writes most, and where most is written."""

from __future__ import annotations

from typing import Literal
from zoneinfo import ZoneInfo

import polars as pl
import pyarrow as pa

from outlisten.insights.authors import (
    AUTHOR_COLUMNS,
    author_keys,
    gini,
    nameless_notes,
    posts_per_author,
    share_of_busiest,
)
from outlisten.insights.estimate import Estimate
from outlisten.insights.evidence import having, narrowed
from outlisten.insights.insight import Insight
from outlisten.insights.notes import Note
from outlisten.insights.proportions import wilson
from outlisten.insights.rows import ROWS, Rows, read_rows
from outlisten.insights.windows import UTC_ZONE
from outlisten.posts.store import ALL_TIME, PostStore, TimeRange
from outlisten.query import Query

Place = Literal["platform", "site"]
AUTHORS = pa.schema(
    [
        ("author", pa.string()),
        ("handle", pa.string()),
        ("platform", pa.string()),
        ("posts", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("evidence", pa.string()),
    ]
)
SOURCES = pa.schema(
    [
        ("source", pa.string()),
        ("posts", pa.int64()),
        ("authors", pa.int64()),
        ("share", pa.float64()),
        ("evidence", pa.string()),
    ]
)


def top_authors(
    store: PostStore,
    query: Query | None,
    window: TimeRange = ALL_TIME,
    *,
    top: int = 10,
    zone: ZoneInfo = UTC_ZONE,
    size: int = ROWS,
    seed: int = 0,
) -> Insight:
    """The authors with most posts, and each one's share of all posts.

    When more than `size` posts match, `posts` is counted in a random sample, and `low` and `high` hold the
    share's Wilson interval; else counts are exact and the interval is null. A note says how concentrated
    the posts are: the share of the busiest 1 % of authors and the Gini coefficient. Posts without an author
    are not listed.
    """
    rows = read_rows(store, query, AUTHOR_COLUMNS, window=window, size=size, seed=seed)
    listed = [
        {**row, **_share(row["posts"], rows), "evidence": _posts_of(row, query, window, zone)}
        for row in _busiest(rows.posts, top).iter_rows(named=True)
    ]
    return Insight(
        "top_authors",
        pa.Table.from_pylist(listed, schema=AUTHORS),
        narrowed(query, window=window, zone=zone),
        "posts",
        "Wilson, 95 %" if rows.sampled else None,
        (*rows.notes, *nameless_notes(rows.posts), *_concentration(rows)),
        window,
        rows.cut,
        {"zone": zone.key, "seed": seed},
    )


def top_sources(
    store: PostStore,
    query: Query | None,
    window: TimeRange = ALL_TIME,
    *,
    by: Place = "platform",
    top: int = 10,
    zone: ZoneInfo = UTC_ZONE,
) -> Insight:
    """The platforms, or with `by="site"` the sites, with most posts; exact counts of posts and authors.

    A null `source` is posts of which it is not known; the query language cannot open those, so they have no
    evidence.
    """
    total = store.count(query, window=window)
    found = store.facets(query, [by], top=top, window=window)[by]
    rows = [
        {
            "source": row["value"],
            "posts": row["posts"],
            "authors": row["authors"],
            "share": row["posts"] / total.value if total.value else None,
            "evidence": row["value"] and narrowed(query, having(by, row["value"]), window=window, zone=zone),
        }
        for row in found.table.to_pylist()
    ]
    cut = found.cut or total.cut
    return Insight(
        "top_sources",
        pa.Table.from_pylist(rows, schema=SOURCES),
        narrowed(query, window=window, zone=zone),
        "posts",
        None,
        (Note("cut"),) if cut else (),
        window,
        cut,
        {"by": by, "zone": zone.key},
    )


def _busiest(posts: pa.Table, top: int) -> pl.DataFrame:
    """Authors by posts, most first, equal ones by name; posts without an author left out."""
    names = posts.select(["author", "author_handle", "author_id", "platform"])
    frame = pl.from_arrow(names.append_column("key", author_keys(posts)))
    signed = frame.filter(pl.any_horizontal(pl.col("author", "author_handle", "author_id").is_not_null()))
    counted = signed.group_by("key").agg(
        pl.col("author").drop_nulls().first(),
        pl.col("author_handle").drop_nulls().first().alias("handle"),
        pl.col("author_id").drop_nulls().first(),
        pl.col("platform").first(),
        posts=pl.len(),
    )
    return counted.sort(["posts", "key"], descending=[True, False]).head(top)


def _share(posts: int, rows: Rows) -> dict[str, float | None]:
    share = wilson(posts, rows.posts.num_rows) or Estimate(0, 0, 0)
    ends = (share.low, share.high) if rows.sampled else (None, None)
    return {"share": share.value, "low": ends[0], "high": ends[1]}


def _posts_of(row: dict[str, str], query: Query | None, window: TimeRange, zone: ZoneInfo) -> str:
    name = row["author_id"] or row["handle"] or row["author"]
    clauses = (having("author", name), having("platform", row["platform"]))
    return narrowed(query, *clauses, window=window, zone=zone)


def _concentration(rows: Rows) -> tuple[Note, ...]:
    if not rows.posts.num_rows or rows.sampled:  # a sample of posts shows authors as less busy than they are
        return ()
    per_author = posts_per_author(rows.posts)
    return (
        Note(
            "concentration",
            {"percent": round(100 * share_of_busiest(per_author)), "gini": round(gini(per_author), 2)},
        ),
    )
