"""Moments of a calendar: on their own clock, and in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo
from typing import Any


def in_utc(moment: datetime, zone: tzinfo) -> datetime:
    """A moment in UTC; one without a zone of its own is read in `zone`."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def on_the_clock(moment: date | datetime, zone: tzinfo) -> datetime:
    """What a clock of the zone shows at a moment, without its zone; a day begins at midnight."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time.min)
    return (moment.astimezone(zone) if moment.tzinfo else moment).replace(tzinfo=None)


def listed(value: Any) -> list[Any]:
    """The values of a property: none, one or several."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
