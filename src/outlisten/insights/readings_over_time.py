"""What people want and what they feel, over time: posts by the intents and emotions that models read."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import pyarrow as pa

from outlisten.insights.evidence import having, narrowed
from outlisten.insights.insight import Insight
from outlisten.insights.models_behind import models_note
from outlisten.insights.notes import Note
from outlisten.insights.timeline import timeline
from outlisten.insights.volume_over_time import wall_clock
from outlisten.insights.windows import UTC_ZONE, span_of
from outlisten.posts.store import ALL_TIME, Bucket, PostStore, TimeRange
from outlisten.query import Query
from outlisten.query.fields import EMOTION, INTENT

Reading = Literal["intent", "emotion"]
VALUES: dict[str, tuple[str, ...]] = {
    "intent": tuple(dict.fromkeys(INTENT.values())),
    "emotion": tuple(value for value in dict.fromkeys(EMOTION.values()) if value != "neutral"),
}
COLUMNS = pa.schema(
    [
        ("bucket", pa.timestamp("s")),
        ("value", pa.string()),
        ("posts", pa.int64()),
        ("evidence", pa.string()),
    ]
)


def intents_over_time(
    store: PostStore,
    query: Query | None,
    window: TimeRange = ALL_TIME,
    *,
    bucket: Bucket | None = None,
    zone: ZoneInfo = UTC_ZONE,
) -> Insight:
    """What people want (help, inquiry, complaint, suggestion, praise, thanks, purchase, leaving, comparison): posts of
    each intent in every bucket, empty ones included. A post may have several.

    Counts of what the models read, not corrected for their errors: a note says so. There is no interval.
    """
    return _over_time("intent", store, query, window, bucket, zone)


def emotions_over_time(
    store: PostStore,
    query: Query | None,
    window: TimeRange = ALL_TIME,
    *,
    bucket: Bucket | None = None,
    zone: ZoneInfo = UTC_ZONE,
) -> Insight:
    """What people feel, the same way; posts that show no emotion are left out."""
    return _over_time("emotion", store, query, window, bucket, zone)


def _over_time(
    field: Reading,
    store: PostStore,
    query: Query | None,
    window: TimeRange,
    bucket: Bucket | None,
    zone: ZoneInfo,
) -> Insight:
    line = timeline(store, query, window, bucket, zone)
    rows = store.histogram(query, bucket=line.bucket, zone=zone, window=window, by=field)
    counts: dict[tuple[datetime, str], int] = {}
    for row in rows.table.to_pylist():
        if row[field] in VALUES[field]:
            key = (wall_clock(row["bucket"]), row[field])
            counts[key] = counts.get(key, 0) + row["posts"]
    present = [value for value in VALUES[field] if any(held == value for _start, held in counts)]
    table = [
        {
            "bucket": start, "value": value, "posts": counts.get((start, value), 0),
            "evidence": narrowed(
                query, having(field, value), window=span_of(start, line.bucket, zone, window), zone=zone
            ),
        }
        for start in line.starts({start for start, _value in counts})
        for value in present
    ]  # fmt: skip
    notes = (
        Note("as_read"),
        *_models(store, query, window),
        *line.notes,
        *([Note("cut")] if rows.cut else []),
    )
    return Insight(
        f"{field}s_over_time", pa.Table.from_pylist(table, schema=COLUMNS),
        narrowed(query, window=window, zone=zone), "posts", notes=notes, window=window, cut=rows.cut,
        settings={"bucket": line.bucket, "zone": zone.key},
    )  # fmt: skip


def _models(store: PostStore, query: Query | None, window: TimeRange) -> tuple[Note, ...]:
    found = store.facets(query, ["model"], window=window)["model"].table.to_pylist()
    return models_note({row["value"]: row["posts"] for row in found})
