"""When an event took place: once, or again and again, within a window and never without bound."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

OFTEN = frozenset(
    {"SECONDLY", "MINUTELY", "HOURLY"}
)  # no meeting does; expanding them is how a file takes a server down
EARLIEST = 1990  # a series that began before is not expanded: every step since then costs
DAYS = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
STEPS = 15_000  # occurrences looked at in one series: forty years of every day


class NotExpanded(ValueError):
    """A series that no meeting has."""


def starts(event: Any, start: datetime, until: datetime) -> Iterator[datetime]:
    """The wall-clock starts of an event (naive, in the event's zone) up to `until`; exceptions left out.

    Raises NotExpanded for a series that is too frequent, too old or not understood.
    """
    rules = _listed(event.get("RRULE"))
    exceptions = {wall(moment) for moment in _moments(event, "EXDATE")}
    if not rules:
        yield from (moment for moment in (start, *_extra(event)) if moment not in exceptions)
        return
    found = {moment for rule in rules for moment in _repeated(rule, start, until, event["DTSTART"].dt.tzinfo)}
    yield from sorted(moment for moment in {start, *found, *_extra(event)} - exceptions if moment <= until)


def wall(moment: date | datetime) -> datetime:
    """A moment as its own clock shows it; a day begins at midnight."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime.combine(moment, time.min)


def in_utc(moment: datetime, zone: Any, floating: ZoneInfo) -> datetime:
    """A wall-clock moment in UTC; without a zone of its own it is read in `floating`."""
    return moment.replace(tzinfo=zone or floating).astimezone(UTC)


def _repeated(rule: Any, start: datetime, until: datetime, zone: tzinfo | None) -> Iterator[datetime]:
    parts = {str(name).upper(): value for name, value in rule.items()}
    count = int(_first(parts.pop("COUNT", None)) or STEPS)
    last = _first(parts.pop("UNTIL", None))
    if isinstance(last, datetime) and last.tzinfo and zone:
        last = last.astimezone(zone)
    frequency = str(_first(parts.get("FREQ")) or "").upper()
    interval = int(_first(parts.get("INTERVAL", 1)))
    if frequency in OFTEN or not frequency or interval < 1 or start.year < EARLIEST or not _possible(parts):
        raise NotExpanded
    end = min(until, wall(last) + timedelta(days=0 if isinstance(last, datetime) else 1)) if last else until
    written = ";".join(f"{name}={_written(value)}" for name, value in parts.items())
    try:
        series = rrulestr(f"{written};UNTIL={end:%Y%m%dT%H%M%S}", dtstart=start)
        for at, moment in enumerate(series):
            if at >= min(count, STEPS):
                return
            yield moment
    except (ValueError, TypeError, OverflowError) as error:
        raise NotExpanded from error


def _possible(parts: dict[str, Any]) -> bool:
    """Whether some month has such a day. A rule that never comes true is tried until the year 9999: seconds each."""
    months = [int(month) for month in _listed(parts.get("BYMONTH"))] or list(DAYS)
    days = [abs(int(day)) for day in _listed(parts.get("BYMONTHDAY"))]
    return not days or min(days) <= max(DAYS.get(month, 0) for month in months)


def _written(value: Any) -> str:
    return ",".join(str(one) for one in _listed(value))


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) else value


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _extra(event: Any) -> list[datetime]:
    return [wall(moment) for moment in _moments(event, "RDATE")]


def _moments(event: Any, name: str) -> Iterator[date | datetime]:
    for many in _listed(event.get(name)):
        for one in getattr(many, "dts", []):
            value = one.dt
            yield value[0] if isinstance(value, tuple) else value
