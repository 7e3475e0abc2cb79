"""When an event took place: once, or again and again, within a window and never without bound."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from outlisten.app.participation.calendars.events import Event
from outlisten.app.participation.calendars.moments import in_utc, listed, on_the_clock

OFTEN = frozenset(
    {"SECONDLY", "MINUTELY", "HOURLY"}
)  # no meeting does; expanding them is how a file takes a server down
EARLIEST = 1990  # a series that began before is not expanded: every step since then costs
DAYS = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
STEPS = 15_000  # occurrences looked at in one series: forty years of every day


class NotExpanded(ValueError):
    """A series that no meeting has."""


def starts(event: Event, until: datetime, floating: ZoneInfo) -> Iterator[datetime]:
    """When the event began each time up to `until`, in UTC; exceptions are left out.

    A series keeps its hour on the clock of its zone, times without a zone are read in `floating`. Raises NotExpanded for a
    series that is too frequent, too old or not understood.
    """
    assert event.start is not None
    zone = event.start.tzinfo or floating
    first, last = on_the_clock(event.start, zone), on_the_clock(until, zone)
    found = {first, *(on_the_clock(moment, zone) for moment in _moments(event, "RDATE"))}
    for rule in listed(event.component.get("RRULE")):
        found |= set(_repeated(rule, first, last, zone))
    left_out = set(_moments(event, "EXDATE"))
    days = {moment for moment in left_out if not isinstance(moment, datetime)}
    moments = {on_the_clock(moment, zone) for moment in left_out - days}
    for moment in sorted(found - moments):
        if moment.date() not in days and moment <= last:
            yield in_utc(moment, zone)


def _repeated(rule: Any, start: datetime, until: datetime, zone: tzinfo) -> Iterator[datetime]:
    """The occurrences of a rule, on the clock of the zone."""
    try:
        parts = {str(name).upper(): value for name, value in rule.items()}
        count = int(_first(parts.pop("COUNT", None)) or STEPS)
        last = _first(parts.pop("UNTIL", None))
        if not _sensible(parts) or start.year < EARLIEST:
            raise NotExpanded
        end = min(until, _end(last, zone)) if last else until
        written = ";".join(f"{name}={_written(value)}" for name, value in parts.items())
        series = rrulestr(f"{written};UNTIL={end:%Y%m%dT%H%M%S}", dtstart=start)
        for at, moment in enumerate(series):
            if at >= min(count, STEPS):
                return
            yield moment
    except (ValueError, TypeError, OverflowError) as error:
        raise NotExpanded from error


def _end(last: date | datetime, zone: tzinfo) -> datetime:
    """The last moment of a series; of a day all of it."""
    whole_day = timedelta(0) if isinstance(last, datetime) else timedelta(days=1)
    return on_the_clock(last, zone) + whole_day


def _sensible(parts: dict[str, Any]) -> bool:
    """Whether the rule is one that meetings have, and ever comes true."""
    frequency = str(_first(parts.get("FREQ")) or "").upper()
    interval = int(_first(parts.get("INTERVAL", 1)))
    return bool(frequency) and frequency not in OFTEN and interval >= 1 and _possible(parts)


def _possible(parts: dict[str, Any]) -> bool:
    """Whether some month has such a day. A rule that never comes true is tried until the year 9999: seconds each."""
    months = [int(month) for month in listed(parts.get("BYMONTH"))] or list(DAYS)
    days = [abs(int(day)) for day in listed(parts.get("BYMONTHDAY"))]
    return not days or min(days) <= max(DAYS.get(month, 0) for month in months)


def _written(value: Any) -> str:
    return ",".join(str(one) for one in listed(value))


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) else value


def _moments(event: Event, name: str) -> Iterator[date | datetime]:
    for many in listed(event.component.get(name)):
        for one in many.dts:
            yield one.dt[0] if isinstance(one.dt, tuple) else one.dt
