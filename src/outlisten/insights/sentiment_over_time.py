"""How people feel about it, over time."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pyarrow as pa

from outlisten.insights.error_rates import CLASSES, LocalLabels
from outlisten.insights.evidence import having, narrowed
from outlisten.insights.insight import Insight, Unit
from outlisten.insights.notes import Note
from outlisten.insights.rows import ROWS
from outlisten.insights.timeline import timeline
from outlisten.insights.tone_reading import read_tone
from outlisten.insights.tone_shares import MINIMUM_AUTHORS, NET, Tone, tone_by_bucket, with_bucket
from outlisten.insights.windows import UTC_ZONE, span_of
from outlisten.language import ModelCard
from outlisten.posts.store import ALL_TIME, Bucket, PostStore, TimeRange
from outlisten.query import Query

INTERVAL = "adjusted count, delta method, 95 %"
NO_TONE = Tone(0, 0, None)
COLUMNS = pa.schema(
    [
        ("bucket", pa.timestamp("s")),
        ("sentiment", pa.string()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("uncorrected", pa.float64()),
        ("posts", pa.int64()),
        ("authors", pa.int64()),
        ("evidence", pa.string()),
    ]
)


def sentiment(
    store: PostStore,
    query: Query | None,
    window: TimeRange = ALL_TIME,
    *,
    bucket: Bucket | None = None,
    zone: ZoneInfo = UTC_ZONE,
    unit: Unit = "authors",
    card: ModelCard | None = None,
    labels: LocalLabels | None = None,
    size: int = ROWS,
    seed: int = 0,
) -> Insight:
    """Shares of negative, neutral and positive in every bucket, and `net` (positive minus negative, −1 to 1).

    Corrected for the model's errors language by language (adjusted count), with intervals; `uncorrected` is
    what the model read. `posts` and `authors` are the numbers the shares rest on. Shares are null in a
    bucket with fewer than 30 authors. Posts without a date or without a reading are left out and counted in
    notes.
    """
    line = timeline(store, query, window, bucket, zone)
    reading = read_tone(store, query, window, card=card, labels=labels, unit=unit, size=size, seed=seed)
    tones = tone_by_bucket(with_bucket(reading.frame, line.bucket, zone), reading.rates, unit)
    rows = [
        {"bucket": start, **row}
        for start in line.starts(tones)
        for row in tone_rows(
            tones.get(start, NO_TONE), query, span_of(start, line.bucket, zone, window), zone
        )
    ]
    quiet = sum(1 for tone in tones.values() if tone.shares is None)
    few = {"n": quiet, "total": len(tones), "minimum": MINIMUM_AUTHORS}
    notes = (*line.notes, *reading.notes, *([Note("too_few_in_some", few)] if quiet else []))
    return Insight(
        "sentiment",
        pa.Table.from_pylist(rows, schema=COLUMNS),
        narrowed(query, window=window, zone=zone),
        unit,
        INTERVAL,
        notes,
        window,
        reading.rows.cut,
        {"bucket": line.bucket, "zone": zone.key, "seed": seed},
    )


def tone_rows(
    tone: Tone, query: Query | None, window: TimeRange, zone: ZoneInfo
) -> list[dict[str, float | int | str | None]]:
    """A row for each class and one for `net`, with the evidence of its posts."""
    rows: list[dict[str, float | int | str | None]] = []
    for measure in (*CLASSES, NET):
        clause = "" if measure == NET else having("sentiment", measure)
        evidence = narrowed(query, clause, window=window, zone=zone)
        rows.append({**_figures(tone, measure), "sentiment": measure, "evidence": evidence})
    return rows


def _figures(tone: Tone, measure: str) -> dict[str, float | int | None]:
    share = tone.of(measure)
    return {
        "share": share.value if share else None,
        "low": share.low if share else None,
        "high": share.high if share else None,
        "uncorrected": tone.uncorrected(measure),
        "posts": tone.posts,
        "authors": tone.authors,
    }
