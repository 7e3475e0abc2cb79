"""How much is said, and when."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa

from outlisten.insights.evidence import narrowed
from outlisten.insights.insight import Insight
from outlisten.insights.notes import Note
from outlisten.insights.timeline import Timeline, timeline
from outlisten.insights.windows import UTC_ZONE, span_of
from outlisten.posts.store import ALL_TIME, Bucket, PostStore, TimeRange
from outlisten.query import Query

COLUMNS = pa.schema(
    [
        ("bucket", pa.timestamp("s")),
        ("posts", pa.int64()),
        ("authors", pa.int64()),
        ("evidence", pa.string()),
    ]
)


def volume(
    store: PostStore,
    query: Query | None,
    window: TimeRange = ALL_TIME,
    *,
    bucket: Bucket | None = None,
    zone: ZoneInfo = UTC_ZONE,
) -> Insight:
    """Posts and distinct authors in every bucket of the window, empty ones included.

    `bucket` (in the table) is the wall-clock start in `zone`. Counts are exact, so there is no interval.
    Undated posts are in no bucket; a note says how many match. An author counts once in each bucket, so
    authors must not be added up. Without `bucket` one is chosen that gives a readable line.
    """
    line = timeline(store, query, window, bucket, zone)
    rows = store.histogram(query, bucket=line.bucket, zone=zone, window=window)
    counts = _by_clock(rows.table)
    table = _table(line, counts, query, window, zone)
    notes = (*line.notes, *([Note("cut")] if rows.cut else []))
    return Insight(
        "volume",
        table,
        narrowed(query, window=window, zone=zone),
        "posts",
        notes=notes,
        window=window,
        cut=rows.cut,
        settings={"bucket": line.bucket, "zone": zone.key},
    )


def _table(
    line: Timeline,
    counts: dict[datetime, dict[str, int]],
    query: Query | None,
    window: TimeRange,
    zone: ZoneInfo,
) -> pa.Table:
    starts = line.starts(counts)
    columns = [
        [counts[start][unit] if start in counts else 0 for start in starts] for unit in ("posts", "authors")
    ]
    spans = [span_of(start, line.bucket, zone, window) for start in starts]
    evidence = [narrowed(query, window=span, zone=zone) for span in spans]
    return pa.table([starts, *columns, evidence], schema=COLUMNS)


def _by_clock(buckets: pa.Table) -> dict[datetime, dict[str, int]]:
    """Counts by wall-clock start. When clocks go back two hours of the zone share one start and are added."""
    counts: dict[datetime, dict[str, int]] = {}
    for row in buckets.to_pylist():
        held = counts.setdefault(wall_clock(row["bucket"]), {"posts": 0, "authors": 0})
        held["posts"] += row["posts"]
        held["authors"] += row["authors"]
    return counts


def wall_clock(start: date | datetime) -> datetime:
    """A bucket's start as the store gives it (a day, or a moment in the zone), on the wall clock."""
    if isinstance(start, datetime):
        return start.replace(tzinfo=None)
    return datetime.combine(start, datetime.min.time())
