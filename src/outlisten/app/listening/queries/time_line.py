"""The time line of a result, made from the counts the dashboard brought: no second question to the engine."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pyarrow as pa

from outlisten.app.listening.questions import Question
from outlisten.insights import Insight, Note
from outlisten.insights.evidence import narrowed
from outlisten.insights.volume_over_time import COLUMNS
from outlisten.insights.windows import bucket_start, bucket_starts, span_of
from outlisten.posts.store import Bucket, Dashboard


def time_line(question: Question, found: Dashboard, bucket: Bucket) -> Insight:
    """Posts in every bucket of the period, empty ones included; undated posts are counted in a note."""
    zone, window = question.as_of.zone, question.window
    counts = _by_clock(found.histogram)
    starts = _starts(question, sorted(counts), bucket)
    rows = [
        {
            "bucket": start,
            "posts": counts.get(start, 0),
            "authors": None,
            "evidence": narrowed(question.query, window=span_of(start, bucket, zone, window), zone=zone),
        }
        for start in starts
    ]
    notes = [
        *([Note("undated", {"n": found.undated})] if found.undated else []),
        *([Note("cut")] if found.cut else []),
    ]
    return Insight(
        "volume",
        pa.Table.from_pylist(rows, schema=COLUMNS),
        narrowed(question.query, window=window, zone=zone),
        "posts",
        notes=tuple(notes),
        window=window,
        cut=found.cut,
        settings={"bucket": bucket, "zone": zone.key},
    )


def _starts(question: Question, held: list[datetime], bucket: Bucket) -> list[datetime]:
    """Every wall-clock start of the period; where it is open, the first or last with a post is the end."""
    zone, window = question.as_of.zone, question.window
    if not held:
        return []
    first = bucket_start(window.start, bucket, zone) if window.start else held[0]
    last = bucket_start(window.end - timedelta(seconds=1), bucket, zone) if window.end else held[-1]
    return list(bucket_starts(first, last, bucket))


def _by_clock(histogram: pa.Table) -> dict[datetime, int]:
    """Posts by wall-clock start. When clocks go back two hours share one start and are added."""
    counts: dict[datetime, int] = {}
    for row in histogram.to_pylist():
        start: date | datetime = row["bucket"]
        clock = (
            start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time.min)
        )
        counts[clock] = counts.get(clock, 0) + row["posts"]
    return counts
