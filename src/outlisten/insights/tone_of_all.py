"""How people feel about it, as a whole."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pyarrow as pa

from outlisten.insights.error_rates import LocalLabels
from outlisten.insights.evidence import narrowed
from outlisten.insights.insight import Insight, Unit
from outlisten.insights.notes import Note
from outlisten.insights.rows import ROWS
from outlisten.insights.sentiment_over_time import COLUMNS, INTERVAL, tone_rows
from outlisten.insights.tone_reading import read_tone
from outlisten.insights.tone_shares import MINIMUM_AUTHORS
from outlisten.insights.windows import UTC_ZONE
from outlisten.language import ModelCard
from outlisten.posts.store import ALL_TIME, PostStore, TimeRange
from outlisten.query import Query


def tone(
    store: PostStore,
    query: Query | None,
    window: TimeRange = ALL_TIME,
    *,
    zone: ZoneInfo = UTC_ZONE,
    unit: Unit = "authors",
    card: ModelCard | None = None,
    labels: LocalLabels | None = None,
    size: int = ROWS,
    seed: int = 0,
) -> Insight:
    """Shares of negative, neutral and positive in the whole window, and `net` (positive minus negative).

    Made and corrected as `sentiment`, without time, so undated posts count. Shares are null below 30 authors.
    """
    reading = read_tone(store, query, window, card=card, labels=labels, unit=unit, size=size, seed=seed)
    rows = tone_rows(reading.whole, query, window, zone)
    few = [Note("too_few_authors", {"minimum": MINIMUM_AUTHORS})] if reading.whole.shares is None else []
    return Insight(
        "tone",
        pa.Table.from_pylist(rows, schema=COLUMNS.remove(0)),
        narrowed(query, window=window, zone=zone),
        unit,
        INTERVAL,
        (*reading.notes, *few),
        window,
        reading.rows.cut,
        {"zone": zone.key, "seed": seed},
    )
