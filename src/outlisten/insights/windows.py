"""Windows of time and the buckets in them, in a workspace's zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from outlisten.posts.store import Bucket, TimeRange

MOST_BUCKETS = 5_000  # more bars than any screen has pixels; an hour bucket reaches it after seven months
UTC_ZONE = ZoneInfo("UTC")
LENGTHS: dict[Bucket, timedelta] = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
}


def closed(window: TimeRange) -> bool:
    """Whether the window has a start and an end."""
    return window.start is not None and window.end is not None


def previous(window: TimeRange) -> TimeRange | None:
    """The window of the same length that ends where this one starts; None when it has no length."""
    if window.start is None or window.end is None:
        return None
    return TimeRange(window.start - (window.end - window.start), window.start)


def bucket_for(length: timedelta) -> Bucket:
    """The bucket that draws a readable time line: at most some 120 bars."""
    if length <= timedelta(days=3):
        return "hour"
    if length <= timedelta(days=120):
        return "day"
    return "week" if length <= timedelta(days=840) else "month"


def drawable(bucket: Bucket, length: timedelta) -> Bucket:
    """The bucket, or the next longer one that cuts a window of this length into at most `MOST_BUCKETS`."""
    order = list(LENGTHS)
    fitting = (b for b in order[order.index(bucket) :] if length / LENGTHS[b] <= MOST_BUCKETS)
    return next(fitting, "month")


def bucket_start(moment: datetime, bucket: Bucket, zone: ZoneInfo) -> datetime:
    """Where the bucket of a moment starts, on the wall clock of the zone (weeks start on Monday)."""
    local = moment.astimezone(zone).replace(minute=0, second=0, microsecond=0, tzinfo=None)
    if bucket == "hour":
        return local
    day = local.replace(hour=0)
    if bucket == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if bucket == "month" else day


def next_bucket(start: datetime, bucket: Bucket) -> datetime:
    """The wall-clock start of the bucket that follows."""
    if bucket == "month":
        return (start.replace(day=1) + timedelta(days=32)).replace(day=1)
    return start + LENGTHS[bucket]


def bucket_starts(first: datetime, last: datetime, bucket: Bucket) -> Iterator[datetime]:
    """Every wall-clock start from `first` to `last`, both included."""
    start = first
    while start <= last:
        yield start
        start = next_bucket(start, bucket)


def span_of(start: datetime, bucket: Bucket, zone: ZoneInfo, window: TimeRange) -> TimeRange:
    """The part of a bucket that lies in the window, in UTC. `start` is on the wall clock of the zone."""
    begins, ends = (x.replace(tzinfo=zone).astimezone(UTC) for x in (start, next_bucket(start, bucket)))
    return TimeRange(max(begins, window.start or begins), min(ends, window.end or ends))
