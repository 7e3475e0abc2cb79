"""Whom people speak of: shares of the voice among topics."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from outlisten.insights.authors import AUTHOR_COLUMNS, author_keys, count_authors, nameless
from outlisten.insights.bootstrap import bootstrap_share
from outlisten.insights.estimate import Estimate
from outlisten.insights.evidence import narrowed
from outlisten.insights.insight import Insight, Unit
from outlisten.insights.notes import Note
from outlisten.insights.rows import Rows, read_rows
from outlisten.insights.tone_shares import MINIMUM_AUTHORS
from outlisten.insights.windows import UTC_ZONE
from outlisten.posts.store import ALL_TIME, PostStore, TimeRange
from outlisten.query import Query

ROWS_OF_TOPIC = 100_000  # five narrow columns: some 10 MB a topic, read in well under a second
Numbers = npt.NDArray[np.float64]
COLUMNS = pa.schema(
    [
        ("topic", pa.string()),
        ("posts", pa.int64()),
        ("authors", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("evidence", pa.string()),
    ]
)


def share_of_voice(
    store: PostStore,
    topics: Mapping[str, Query],
    window: TimeRange = ALL_TIME,
    *,
    unit: Unit = "authors",
    zone: ZoneInfo = UTC_ZONE,
    size: int = ROWS_OF_TOPIC,
    seed: int = 0,
) -> Insight:
    """Each topic's share of all authors (or posts) that speak of any of the topics, in the order given.

    An author who speaks of two topics counts for both. The interval is a bootstrap over authors, because one
    person may write many posts. Shares are null when fewer than 30 authors speak of all topics together.
    """
    rows = {
        name: read_rows(store, query, AUTHOR_COLUMNS, window=window, size=size, seed=seed)
        for name, query in topics.items()
    }
    matrix = _posts_by_author(list(rows.values()))
    people = _people(store, topics, rows, matrix, window)
    enough = matrix.shape[0] >= MINIMUM_AUTHORS
    shares: list[Estimate | None] = [None] * len(topics)
    if enough:
        shares = _shares(matrix, rows, people, unit, seed)
    table = _table(topics, rows, people, shares, window, zone)
    return Insight(
        "share_of_voice",
        table,
        _any_of(topics, window, zone),
        unit,
        "bootstrap over authors, 95 %",
        _notes(list(rows.values()), enough=enough),
        window,
        any(read.cut for read in rows.values()),
        {"zone": zone.key, "seed": seed},
    )


def _posts_by_author(rows: list[Rows]) -> Numbers:
    """One row for each author, one column for each topic: posts read."""
    frames = [
        pl.DataFrame({"author": pl.from_arrow(author_keys(read.posts))}).with_columns(topic=pl.lit(column))
        for column, read in enumerate(rows)
    ]
    counts = pl.concat(frames).group_by("author", "topic").len()
    authors, codes = np.unique(counts["author"].to_numpy(), return_inverse=True)
    matrix = np.zeros((authors.size, len(rows)))
    matrix[codes, counts["topic"].to_numpy()] = counts["len"].to_numpy()
    return matrix


def _people(
    store: PostStore,
    topics: Mapping[str, Query],
    rows: Mapping[str, Rows],
    matrix: Numbers,
    window: TimeRange,
) -> list[int]:
    """Distinct authors of each topic; asked of the store where only a sample was read."""
    seen = (matrix > 0).sum(axis=0).tolist()
    return [
        count_authors(store, topics[name], window) if rows[name].sampled else read
        for name, read in zip(topics, seen, strict=True)
    ]


def _shares(
    matrix: Numbers, rows: Mapping[str, Rows], people: list[int], unit: Unit, seed: int
) -> list[Estimate | None]:
    """Bootstrapped shares. Where a topic was sampled its column is scaled up to what the store counted."""
    counted = matrix if unit == "posts" else (matrix > 0).astype(float)
    totals = [read.total for read in rows.values()] if unit == "posts" else people
    return bootstrap_share(counted * (np.array(totals) / np.maximum(counted.sum(axis=0), 1)), seed=seed)


def _table(
    topics: Mapping[str, Query],
    rows: Mapping[str, Rows],
    people: list[int],
    shares: list[Estimate | None],
    window: TimeRange,
    zone: ZoneInfo,
) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "topic": name,
                "posts": rows[name].total,
                "authors": authors,
                "share": share and share.value,
                "low": share and share.low,
                "high": share and share.high,
                "evidence": narrowed(query, window=window, zone=zone),
            }
            for (name, query), authors, share in zip(topics.items(), people, shares, strict=True)
        ],
        schema=COLUMNS,
    )


def _any_of(topics: Mapping[str, Query], window: TimeRange, zone: ZoneInfo) -> str:
    either = " OR ".join(f"({query.text})" for query in topics.values())
    return narrowed(None, f"({either})", window=window, zone=zone)


def _notes(rows: list[Rows], *, enough: bool) -> tuple[Note, ...]:
    read, missing = sum(r.posts.num_rows for r in rows), sum(nameless(r.posts) for r in rows)
    notes = [Note("set_decides")]
    if missing:
        notes.append(Note("each_post_an_author", {"n": missing, "total": read}))
    if any(r.sampled for r in rows):
        notes.append(Note("interval_of_sample"))
    if any(r.cut for r in rows):
        notes.append(Note("cut"))
    if not enough:
        notes.append(Note("too_few_authors", {"minimum": MINIMUM_AUTHORS}))
    return tuple(notes)
