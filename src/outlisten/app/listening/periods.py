"""The period a page looks at: the last so many days up to the as-of day, chosen days, or all time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from outlisten.posts.store import ALL_TIME, Bucket, TimeRange

PRESETS = (7, 30, 90, 365)
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)


class BadPeriod(ValueError):
    """The address asks for a period that cannot be; the message is one sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Period:
    """Either `days` up to and including the as-of day, or chosen days (both included), or all time."""

    days: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def all(self) -> bool:
        return self == ALL

    def first_and_last(self, today: date) -> tuple[date | None, date | None]:
        """The first and last day, both included; None is open."""
        if self.days:
            return today - timedelta(days=self.days - 1), today
        return self.since, self.until

    def window(self, today: date, zone: ZoneInfo) -> TimeRange:
        """The same as a UTC time range, days cut at midnight in the workspace's zone."""
        first, last = self.first_and_last(today)
        if first is None and last is None:
            return ALL_TIME
        return TimeRange(midnight(first, zone), midnight(last + timedelta(days=1), zone) if last else None)

    def address(self) -> list[tuple[str, str]]:
        """Its part of an address."""
        if self.days:
            return [("period", f"{self.days}d")]
        if self.all:
            return [("period", "all")]
        ends = [("since", self.since), ("until", self.until)]
        return [(name, day.isoformat()) for name, day in ends if day]


ALL = Period()


def midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    """The moment a day begins in a zone, in UTC."""
    return None if day is None else datetime.combine(day, time.min, zone).astimezone(UTC)


def read_period(address: Mapping[str, str], default: Period) -> Period:
    """The period an address asks for. Raises BadPeriod with one sentence when it makes no sense."""
    since, until = _day(address, "since"), _day(address, "until")
    if since and until and since > until:
        raise BadPeriod(
            _("The period ends (%(until)s) before it begins (%(since)s); swap the two days.")
            % {"since": since.isoformat(), "until": until.isoformat()}
        )
    if since or until:
        return Period(since=since, until=until)
    return _preset(address.get("period", "").strip(), default)


def _preset(text: str, default: Period) -> Period:
    if not text:
        return default
    if text == "all":
        return ALL
    number = text.removesuffix("d")
    if text.endswith("d") and number.isascii() and number.isdigit() and 1 <= int(number[:6]) <= 36_600:
        return Period(days=int(number[:6]))
    raise BadPeriod(_("“%(text)s” is not a period; write for example 90d or all.") % {"text": text[:40]})


def _day(address: Mapping[str, str], name: str) -> date | None:
    text = address.get(name, "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        raise BadPeriod(
            _("“%(text)s” is not a day between 1990 and 2100; write it as 2019-07-31.") % {"text": text[:40]}
        )
    return day


def bucket_for(days: int) -> Bucket:
    """The bar width that keeps a time line between about 20 and 200 bars."""
    if days <= 3:
        return "hour"
    if days <= 120:
        return "day"
    return "week" if days <= 1000 else "month"
