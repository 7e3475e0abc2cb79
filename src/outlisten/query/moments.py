"""Dates and times as they are typed in a query, and the stretch of time each of them means."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

_DATE = re.compile(
    r"(?P<year>\d{4})(?:[-/.年](?P<month>\d{1,2})(?:[-/.月](?P<day>\d{1,2})日?"
    r"(?:[tT ](?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?)?"
    r"(?P<zone>[zZ]|[+-]\d{2}:?\d{2})?)?)?月?)?年?"
)
_RELATIVE = re.compile(r"-(?P<count>\d{1,5})(?P<unit>[hdwmy])", re.IGNORECASE)
_DAYS = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1}
_STEPS = {"hour": timedelta(hours=1), "minute": timedelta(minutes=1), "second": timedelta(seconds=1)}
EARLIEST, LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative dates count from: `now` (None is the real clock) and the zone in which days begin."""

    now: datetime | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))

    def moment(self) -> datetime:
        """Now, in the zone."""
        if self.now is None:
            return datetime.now(self.zone)
        return (
            self.now.replace(tzinfo=self.zone) if self.now.tzinfo is None else self.now.astimezone(self.zone)
        )


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, a time, or a day counted from today, as typed. Make one with `moment_from`."""

    typed: str

    def span(self, clock: Clock) -> tuple[datetime, datetime]:
        """From when (included) to when (excluded) it lasts, in UTC: a day lasts a day, a minute a minute."""
        span = _span(self.typed, clock)
        if span is None:
            raise ValueError(f"{self.typed!r} is not a date")
        return span


def moment_from(typed: str) -> Moment | None:
    """The moment these characters name, or None when they name none."""
    moment = Moment(typed.lower())
    return moment if _span(moment.typed, Clock(now=datetime(2000, 1, 1, tzinfo=UTC))) else None


def _span(typed: str, clock: Clock) -> tuple[datetime, datetime] | None:
    try:
        if typed in _DAYS:
            return _days_ago(_DAYS[typed], clock)
        if relative := _RELATIVE.fullmatch(typed):
            return _back(int(relative["count"]), relative["unit"].lower(), clock)
        if absolute := _DATE.fullmatch(typed):
            return _named(absolute, clock.zone)
    except (ValueError, OverflowError):
        return None
    return None


def _back(count: int, unit: str, clock: Clock) -> tuple[datetime, datetime]:
    if unit == "h":
        then = clock.moment() - timedelta(hours=count)
        return _utc(then), _utc(then)
    if unit in "dw":
        return _days_ago(count * (7 if unit == "w" else 1), clock)
    today = clock.moment().date()
    month = today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1)
    first = date(month // 12, month % 12 + 1, 1)
    last_day = (_next_month(first) - timedelta(days=1)).day
    return _day(first.replace(day=min(today.day, last_day)), clock.zone)


def _days_ago(count: int, clock: Clock) -> tuple[datetime, datetime]:
    return _day(clock.moment().date() - timedelta(days=count), clock.zone)


def _day(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    return _midnight(day, zone), _midnight(day + timedelta(days=1), zone)


def _named(found: re.Match[str], zone: tzinfo) -> tuple[datetime, datetime]:
    year, month, day = (int(found[part] or 1) for part in ("year", "month", "day"))
    first = date(year, month, day)
    if not found["month"]:
        return _midnight(first, zone), _midnight(date(year + 1, 1, 1), zone)
    if not found["day"]:
        return _midnight(first, zone), _midnight(_next_month(first), zone)
    if not found["hour"]:
        return _day(first, zone)
    return _time(found, first, zone)


def _time(found: re.Match[str], day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    written = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=_zone(found["zone"], zone))
    finest = "second" if found["second"] else "minute" if found["minute"] else "hour"
    start = _utc(written)
    return start, start + _STEPS[finest]


def _zone(typed: str | None, zone: tzinfo) -> tzinfo:
    if not typed:
        return zone
    offset = datetime.fromisoformat(f"2000-01-01T00:00{typed.upper()}").tzinfo
    return offset or zone


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return _utc(datetime(day.year, day.month, day.day, tzinfo=zone))


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return EARLIEST if moment.year < 2000 else LATEST


def written_at(value: object, zone: tzinfo) -> int | None:
    """When a post was written, in seconds since 1970: from a datetime, a number or an ISO time; None if unknown."""
    if isinstance(value, datetime):
        aware = value.replace(tzinfo=zone) if value.tzinfo is None else value
        return int(aware.timestamp()) or None
    if isinstance(value, date):
        return int(_midnight(value, zone).timestamp())
    if isinstance(value, int | float):
        return int(value) or None
    if isinstance(value, str) and value:
        return _from_iso(value, zone)
    return None


def _from_iso(value: str, zone: tzinfo) -> int | None:
    try:
        return written_at(datetime.fromisoformat(value), zone)
    except ValueError:
        found = _DATE.fullmatch(value)
    try:
        return int(_named(found, zone)[0].timestamp()) if found else None
    except (ValueError, OverflowError):
        return None
