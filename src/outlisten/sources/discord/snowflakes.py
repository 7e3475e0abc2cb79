"""Discord's numbers, which hold the moment they were given out: https://discord.com/developers/docs/reference#snowflakes"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

BEGAN = datetime(2015, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def snowflake(at: datetime) -> int:
    """The lowest number of a moment."""
    return ((at - BEGAN) // MILLISECOND) << 22


def given_at(number: int) -> datetime:
    """The moment that a number was given out."""
    return BEGAN + (number >> 22) * MILLISECOND
