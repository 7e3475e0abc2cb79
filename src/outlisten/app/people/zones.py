"""Time zones a person can choose."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

# Areas of the tz database that name places; the rest are aliases and machine names.
AREAS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@cache
def zone_names() -> tuple[str, ...]:
    """Names of places, sorted, with UTC first."""
    return ("UTC", *sorted(name for name in available_timezones() if name.split("/")[0] in AREAS))
