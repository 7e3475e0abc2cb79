"""The axis of a time line: which buckets it has, and what it cannot show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from outlisten.insights.notes import Note
from outlisten.insights.windows import (
    MOST_BUCKETS,
    bucket_for,
    bucket_start,
    bucket_starts,
    drawable,
)
from outlisten.posts.store import Bucket, PostStore, TimeRange
from outlisten.query import Query

DATED = TimeRange(start=datetime(1980, 1, 1, tzinfo=UTC))  # earlier than any date the pipeline accepts


@dataclass(frozen=True, slots=True)
class Timeline:
    """Buckets of one length; `first` and `last` are wall-clock starts, None where the window is open."""

    bucket: Bucket
    first: datetime | None
    last: datetime | None
    notes: tuple[Note, ...]

    def starts(self, occupied: Iterable[datetime]) -> list[datetime]:
        """Every bucket of the window; where that is open, the line ends with a bucket in use."""
        held = sorted(occupied)
        first, last = self.first or (held[0] if held else None), self.last or (held[-1] if held else None)
        return list(bucket_starts(first, last, self.bucket)) if first and last else []


def timeline(
    store: PostStore, query: Query | None, window: TimeRange, bucket: Bucket | None, zone: ZoneInfo
) -> Timeline:
    """The time line of a query in a window; without `bucket` the one that suits the window's length."""
    length = _length(store, window)
    taken = drawable(bucket or bucket_for(length), length)
    widened = [Note("widened", {"most": MOST_BUCKETS})] if bucket not in {None, taken} else []
    first = bucket_start(window.start, taken, zone) if window.start else None
    last = bucket_start(window.end - timedelta(seconds=1), taken, zone) if window.end else None
    return Timeline(taken, first, last, (*widened, *undated_notes(store, query)))


def undated_notes(store: PostStore, query: Query | None) -> tuple[Note, ...]:
    """The note of how many matching posts have no date. They lie in no window, so none is asked for."""
    undated = store.count(query).value - store.count(query, window=DATED).value
    return (Note("undated", {"n": undated}),) if undated > 0 else ()


def _length(store: PostStore, window: TimeRange) -> timedelta:
    """How long the window is, its open ends taken from the first and last day that hold posts."""
    days = store.days()
    start = window.start or (_midnight(days[0]) if days else None)
    end = window.end or (_midnight(days[1]) + timedelta(days=1) if days else None)
    return max(end - start, timedelta()) if start and end else timedelta()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=UTC)
