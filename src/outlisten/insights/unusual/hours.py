"""People by the hour: what every judgement of a rise is made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from outlisten.insights.windows import UTC_ZONE
from outlisten.posts.store import PostStore, TimeRange
from outlisten.query import Query

HOUR = timedelta(hours=1)
Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Hours:
    """How many people wrote in each hour from `start` (UTC, a whole hour) on; the last hour may not be over.

    A person who writes in two hours counts in both, so sums are *people by the hour*. `exposure` is the part of each hour that
    is over, `used` marks the hours that may tell what is usual (no known burst, no gap in collecting), `at` is each one's
    hour of the week in the zone, Monday's first being 0.
    """

    start: datetime
    people: Numbers
    exposure: Numbers
    used: Marks
    at: Places

    @classmethod
    def of(
        cls, start: datetime, people: Iterable[float], *, until: datetime | None = None,
        left_out: Iterable[TimeRange] = (), zone: ZoneInfo = UTC_ZONE,
    ) -> Hours:  # fmt: skip
        """Counts of consecutive hours; `until` says how far the last one has come."""
        first = start.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        counts = np.fromiter(people, dtype=np.float64)
        exposure = np.ones(counts.size)
        if until is not None and counts.size:
            exposure[-1] = min(max((until - first) / HOUR - (counts.size - 1), 1 / 60), 1.0)
        used = np.ones(counts.size, dtype=np.bool_)
        for span in left_out:
            used[_places(span, first, counts.size)] = False
        at = [_hour_of_week(first + number * HOUR, zone) for number in range(counts.size)]
        return cls(first, counts, exposure, used, np.array(at, dtype=np.int64))

    def __len__(self) -> int:
        return int(self.people.size)

    def first(self, count: int) -> Hours:
        """The same up to an hour."""
        parts = (self.people[:count], self.exposure[:count], self.used[:count], self.at[:count])
        return Hours(self.start, *parts)

    def without(self, hours: Marks) -> Hours:
        """The same with further hours that do not tell what is usual."""
        return Hours(self.start, self.people, self.exposure, self.used & ~hours, self.at)

    def moment(self, number: int) -> datetime:
        """When an hour begins."""
        return self.start + number * HOUR


def hours_of(
    store: PostStore, query: Query | None, window: TimeRange, *, left_out: Iterable[TimeRange] = (),
    zone: ZoneInfo = UTC_ZONE,
) -> Hours:  # fmt: skip
    """The distinct authors of matching posts in every hour of a window. Raises ValueError for an open window, StoreError."""
    if window.start is None or window.end is None:
        raise ValueError("people by the hour need a window with two ends")
    first = window.start.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    counts = np.zeros(max(-int((first - window.end) // HOUR), 0))
    rows = store.histogram(query, bucket="hour", zone=UTC_ZONE, window=TimeRange(first, window.end)).table
    for bucket, authors in zip(rows["bucket"].to_pylist(), rows["authors"].to_pylist(), strict=True):
        counts[int((bucket.replace(tzinfo=UTC) - first) // HOUR)] = authors
    return Hours.of(first, counts, until=window.end, left_out=left_out, zone=zone)


def _places(span: TimeRange, first: datetime, count: int) -> slice:
    begin = 0 if span.start is None else int((span.start - first) // HOUR)
    end = count if span.end is None else -int((first - span.end) // HOUR)
    return slice(max(begin, 0), max(end, 0))


def _hour_of_week(moment: datetime, zone: ZoneInfo) -> int:
    local = moment.astimezone(zone)
    return local.weekday() * 24 + local.hour
