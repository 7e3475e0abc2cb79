"""Times as networks write them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from dateutil import parser as dates


def utc(told: Any) -> datetime | None:
    """A time of ISO 8601 in UTC, which it also is where it names no zone; None for anything else."""
    if not isinstance(told, str):
        return None
    try:
        time = _parsed(told)
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _parsed(told: str) -> datetime:
    """The time. Raises ValueError or OverflowError."""
    try:
        return datetime.fromisoformat(told)  # a twentieth of the time, and it knows nearly every form
    except ValueError:
        time: datetime = dates.isoparse(told)
        return time
