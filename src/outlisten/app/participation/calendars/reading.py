"""From an iCalendar file (RFC 5545) to meetings of which only week, kind and minutes are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar

from outlisten.app.participation.calendars.events import Event, name_of, read_event, readable
from outlisten.app.participation.calendars.limits import BadCalendar, needed_lines
from outlisten.app.participation.calendars.occurrences import NotExpanded, starts
from outlisten.app.participation.calendars.people import Domains, Kind, kind_of, owner

MOST = 50_000  # occurrences in one file: a hundred people's year
SECONDS = 10.0  # a person's year takes a tenth of one
LONGEST = timedelta(hours=12)  # longer is travel or a placeholder, not talk
# What a parser or a date may raise on an event that was written wrongly, or that lies before the year 1 or after 9999.
DAMAGE = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError)
Moved = set[
    tuple[str, date]
]  # the number of a series, and the moment (UTC) or day that another event stands for


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting that took place. `key` tells it from others and from itself in a second file; it is never kept."""

    key: str
    week: date
    kind: Kind
    minutes: int


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """The meetings of a file, how many of its events were left out for which reason, and the names of the damaged ones."""

    meetings: tuple[Meeting, ...]
    left_out: dict[str, int] = field(default_factory=dict)
    damaged: tuple[str, ...] = ()


def read_calendar(
    data: bytes, domains: Domains, *, since: datetime, until: datetime, zone: ZoneInfo, whose: str = ""
) -> CalendarRead:
    """The meetings that began from `since` to `until`. `whose` is the e-mail of the calendar's person, if known.

    Left out are events that are damaged, cancelled, declined by that person, all day long, marked as free, without anybody
    else, longer than twelve hours, and series that no meeting has. Raises BadCalendar with one sentence.
    """
    components, name = _components(needed_lines(data))
    reader = _Reader(domains, since, until, zone)
    events = list(reader.events(components))
    person = owner((event.people for event in events), whose or name)
    moved = {(event.uid, event.stands_for) for event in events if event.stands_for}
    began = monotonic()
    for event in events:
        reader.take(event, person, moved)
        _check_time(began)
    return CalendarRead(tuple(reader.found.values()), dict(reader.left_out), tuple(reader.damaged))


class _Reader:
    """What is found in a file, event by event: one that is damaged costs only itself."""

    def __init__(self, domains: Domains, since: datetime, until: datetime, zone: ZoneInfo) -> None:
        self._domains, self._since, self._until, self._zone = domains, since, until, zone
        self.found: dict[str, Meeting] = {}
        self.left_out: Counter[str] = Counter()
        self.damaged: list[str] = []

    def events(self, components: Iterable[Any]) -> Iterator[Event]:
        """The events that can be understood."""
        for number, component in enumerate(components, start=1):
            try:
                event = read_event(component, self._zone)
            except DAMAGE:
                self.left_out["damaged"] += 1
                self.damaged.append(name_of(component, number))
                continue
            if event is None:
                self.left_out["undated"] += 1
            else:
                yield event

    def take(self, event: Event, person: str, moved: Moved) -> None:
        """Keep its meetings, or count why there is none."""
        reason = _reason(event, person)
        try:
            meetings = [] if reason else list(self._meetings(event, moved))
        except NotExpanded:
            meetings, reason = [], "series"
        except DAMAGE:
            meetings, reason = [], "damaged"
            self.damaged.append(readable(event.uid))
        if reason:
            self.left_out[reason] += 1
        self.found |= {one.key: one for one in meetings}
        _check(self.found)

    def _meetings(self, event: Event, moved: Moved) -> Iterator[Meeting]:
        if not timedelta(0) < event.length <= LONGEST:
            raise NotExpanded
        kind = kind_of(event.people, self._domains)
        minutes = round(event.length.total_seconds() / 60)
        for at in starts(event, self._until, self._zone):
            if event.stands_for is None and self._moved(event, at, moved):
                continue
            if self._since <= at <= self._until:
                local = at.astimezone(self._zone).date()
                monday = local - timedelta(days=local.weekday())
                yield Meeting(f"{event.uid}|{_occurrence(event, at)}", monday, kind, minutes)

    def _moved(self, event: Event, at: datetime, moved: Moved) -> bool:
        """Whether another event stands for this occurrence."""
        zone = event.start.tzinfo if event.start and event.start.tzinfo else self._zone
        return (event.uid, at) in moved or (event.uid, at.astimezone(zone).date()) in moved


def _occurrence(event: Event, at: datetime) -> str:
    """What tells one occurrence of an event from the others, wherever it was moved; blank where there is but one."""
    if event.stands_for is not None:
        return event.stands_for.isoformat()
    return at.isoformat() if event.repeats else ""


def _check(found: dict[str, Meeting]) -> None:
    if len(found) > MOST:
        raise BadCalendar(
            _(
                "This calendar holds more than %(limit)d meetings in a year; import one person's or one team's."
            )
            % {"limit": MOST}
        )


def _check_time(began: float) -> None:
    if monotonic() - began > SECONDS:
        raise BadCalendar(
            _("The series in this calendar take too long to work out; export a shorter period.")
        )


def _components(text: str) -> tuple[list[Any], str]:
    """The events of the file as the parser gives them, and whose calendar it says it is."""
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        cancelled = [c for c in calendars if str(c.get("METHOD", "")).upper() == "CANCEL"]
        events = [e for c in calendars if c not in cancelled for e in c.walk("VEVENT")]
        return events, str(calendars[0].get("X-WR-CALNAME", "")) if calendars else ""
    except DAMAGE as error:
        raise BadCalendar(_("This calendar file cannot be read: it is damaged. Export it again.")) from error


def _reason(event: Event, person: str) -> str:
    """Why an event is no meeting; blank when it is one."""
    if "CANCELLED" in event.status:
        return "cancelled"
    if event.start is None:
        return "all_day"
    if event.status & {"TRANSPARENT", "FREE"}:
        return "free"
    if event.people.get(person) == "DECLINED":
        return "declined"
    return "alone" if len(event.people) < 2 else ""
