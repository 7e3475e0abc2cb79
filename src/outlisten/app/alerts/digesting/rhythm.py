"""When a digest is due, and what it then looks back on, in the workspace's zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from outlisten.app.alerts.models import Digest

Rhythm = Digest.Rhythm


def span(digest: Digest) -> timedelta:
    """How long a time an issue covers."""
    return timedelta(days=1 if digest.rhythm == Rhythm.DAILY else 7)


def next_due(digest: Digest, after: datetime, zone: ZoneInfo) -> datetime:
    """The first moment after another one at which an issue is due: the clock's hour, also where summer time begins or ends."""
    local = after.astimezone(zone)
    for days in range(9):
        day = local.date() + timedelta(days=days)
        if digest.rhythm == Rhythm.WEEKLY and day.weekday() != digest.weekday:
            continue
        due = datetime.combine(day, time(digest.hour), tzinfo=zone).astimezone(UTC)
        if due > after:
            return due
    raise AssertionError("a week has each of its days")


def last_due(digest: Digest, now: datetime, zone: ZoneInfo) -> datetime:
    """The last moment up to now at which an issue was due: of those missed while nothing ran, the newest is written."""
    return next_due(digest, now - span(digest) - timedelta(seconds=1), zone)
