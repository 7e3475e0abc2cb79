"""From an iCalendar file (RFC 5545) to meetings of which only week, kind and minutes are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar

from outlisten.app.participation.calendars.limits import BadCalendar, needed_lines
from outlisten.app.participation.calendars.occurrences import NotExpanded, in_utc, starts, wall
from outlisten.app.participation.calendars.people import Domains, Kind, addresses, kind_of, owner

MOST = 50_000  # occurrences in one file: a hundred people's year
SECONDS = 10.0  # a person's year takes a tenth of one
LONGEST = timedelta(hours=12)  # longer is travel or a placeholder, not talk


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting that took place. `key` tells it from others and from itself in a second file; it is never kept."""

    key: str
    week: date
    kind: Kind
    minutes: int


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """The meetings of a file, and how many of its events were left out for which reason."""

    meetings: tuple[Meeting, ...]
    left_out: dict[str, int] = field(default_factory=dict)


def read_calendar(
    data: bytes, domains: Domains, *, since: datetime, until: datetime, zone: ZoneInfo, whose: str = ""
) -> CalendarRead:
    """The meetings that began from `since` to `until`. `whose` is the e-mail of the calendar's person, if known.

    Left out are events that are cancelled, declined by that person, all day long, marked as free, without anybody else,
    longer than twelve hours, and series that no meeting has. Raises BadCalendar with one sentence.
    """
    events, name = _events(needed_lines(data))
    people = [addresses(event) for event in events]
    person = owner(people, whose or name)
    moved = {(_uid(event), _recurrence(event)) for event in events if event.get("RECURRENCE-ID")}
    found: dict[str, Meeting] = {}
    left_out: Counter[str] = Counter()
    began = monotonic()
    for event, invited in zip(events, people, strict=True):
        reason = _reason(event, invited, person)
        if reason:
            left_out[reason] += 1
            continue
        try:
            for meeting in _meetings(event, invited, domains, moved, (since, until), zone):
                found[meeting.key] = meeting
                _check(found)
            _check_time(began)
        except NotExpanded:
            left_out["series"] += 1
            _check_time(began)
    return CalendarRead(tuple(found.values()), dict(left_out))


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


def _events(text: str) -> tuple[list[Any], str]:
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        cancelled = [c for c in calendars if str(c.get("METHOD", "")).upper() == "CANCEL"]
        events = [e for c in calendars if c not in cancelled for e in c.walk("VEVENT")]
        return events, str(calendars[0].get("X-WR-CALNAME", "")) if calendars else ""
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise BadCalendar(_("This calendar file cannot be read: it is damaged. Export it again.")) from error


def _reason(event: Any, invited: dict[str, str], person: str) -> str:
    """Why an event is no meeting; blank when it is one."""
    start = getattr(event.get("DTSTART"), "dt", None)
    if start is None:
        return "undated"
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return "cancelled"
    if not isinstance(start, datetime):
        return "all_day"
    busy = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    if str(event.get("TRANSP", "")).upper() == "TRANSPARENT" or busy == "FREE":
        return "free"
    if invited.get(person) == "DECLINED":
        return "declined"
    return "alone" if len(invited) < 2 else ""


def _meetings(
    event: Any, invited: dict[str, str], domains: Domains, moved: set[tuple[str, str]],
    window: tuple[datetime, datetime], zone: ZoneInfo,
) -> Iterator[Meeting]:  # fmt: skip
    start = event["DTSTART"].dt
    length = _length(event, start, zone)
    if not timedelta(0) < length <= LONGEST:
        raise NotExpanded
    single = not event.get("RRULE") and not event.get("RDATE")
    kind = kind_of(invited, domains)
    for moment in starts(event, wall(start), wall(window[1]) + timedelta(days=1)):
        at = in_utc(moment, start.tzinfo, zone)
        occurrence = _recurrence(event) or ("" if single else at.isoformat())
        if not event.get("RECURRENCE-ID") and (_uid(event), at.isoformat()) in moved:
            continue
        if window[0] <= at <= window[1]:
            local = at.astimezone(zone).date()
            monday = local - timedelta(days=local.weekday())
            yield Meeting(f"{_uid(event)}|{occurrence}", monday, kind, round(length.total_seconds() / 60))


def _length(event: Any, start: datetime, zone: ZoneInfo) -> timedelta:
    end, duration = event.get("DTEND"), event.get("DURATION")
    if end is not None and isinstance(end.dt, datetime):
        return in_utc(wall(end.dt), end.dt.tzinfo, zone) - in_utc(wall(start), start.tzinfo, zone)
    return duration.dt if duration is not None and isinstance(duration.dt, timedelta) else timedelta(0)


def _uid(event: Any) -> str:
    """The event's number; where the file has none, when it begins and who is invited."""
    return str(event.get("UID") or f"{event['DTSTART'].dt}{sorted(addresses(event))}")


def _recurrence(event: Any) -> str:
    """Which occurrence of a series this event stands for, in UTC; blank for none."""
    moment = getattr(event.get("RECURRENCE-ID"), "dt", None)
    if not isinstance(moment, datetime):
        return str(moment or "")
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
