"""The business-hours clock: how much time passed while a department was open.

`elapsed(a, b) = |[a, b] ∩ ⋃ open intervals|`, open intervals built day by day in the department's zone (a change to or
from daylight saving makes days of 23 or 25 hours), holidays removed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# A queue that is closed for longer than this has no deadline: somebody forgot its opening hours.
FURTHEST_DAYS = 400
MIDNIGHT = time(0)

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When a department works. `week` maps a weekday (0 is Monday) to opening and closing, in local time of `zone`.

    A closing at 00:00 is midnight at the end of that day. Days that `week` leaves out are closed, and so are holidays.
    """

    zone: ZoneInfo
    week: Mapping[int, tuple[time, time]]
    holidays: frozenset[date] = field(default=frozenset())

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """How much of the time from `start` to `end` the department was open; nothing when `end` is earlier."""
        total = timedelta()
        for opened, closed in self._open(start, end):
            total += max(timedelta(), min(closed, end) - max(opened, start))
        return total

    def after(self, start: datetime, needed: timedelta) -> datetime | None:
        """The moment when so much open time has passed since `start`; None when it never does within a year."""
        left = needed
        for opened, closed in self._open(start, start + timedelta(days=FURTHEST_DAYS)):
            begins = max(opened, start)
            room = closed - begins
            if room <= timedelta():
                continue
            if left <= room:
                return begins + left
            left -= room
        return None

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody is there at this moment."""
        return any(opened <= moment < closed for opened, closed in self._open(moment, moment))

    def _open(self, start: datetime, end: datetime) -> Iterator[Span]:
        """The open intervals of every local day that touches the span, in UTC, so that subtraction counts real time."""
        day, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        while day <= last:
            hours = self.week.get(day.weekday())
            if hours is not None and day not in self.holidays:
                closing_day = day + timedelta(days=1) if hours[1] == MIDNIGHT else day
                yield self._utc(day, hours[0]), self._utc(closing_day, hours[1])
            day += timedelta(days=1)

    def _utc(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


ALWAYS = dict.fromkeys(range(7), (MIDNIGHT, MIDNIGHT))


def working(
    hours: OpeningHours, start: datetime, end: datetime, pauses: list[tuple[datetime, datetime | None]]
) -> timedelta:
    """Open time from `start` to `end` without the pauses; a pause that still lasts ends at `end`."""
    spans = sorted((max(a, start), min(b or end, end)) for a, b in pauses)
    total, at = hours.elapsed(start, end), start
    for begins, ends in spans:
        if ends > at:
            total -= hours.elapsed(max(begins, at), ends)
            at = ends
    return total
