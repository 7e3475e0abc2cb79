"""One event of a calendar, read as far as meetings are told by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from outlisten.app.participation.calendars.moments import in_utc, listed
from outlisten.app.participation.calendars.people import addresses


class Damaged(ValueError):
    """An event that cannot be understood: something of it is missing, broken or there twice."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event: its number `uid`, the people invited, and when it began and how long it took (None: all day).

    `stands_for` is the occurrence of a series in whose place it stands: a moment in UTC, or a day; None for no such.
    """

    uid: str
    people: dict[str, str]
    start: datetime | None
    length: timedelta
    stands_for: datetime | date | None
    status: frozenset[str]
    component: Any

    @property
    def repeats(self) -> bool:
        """Whether it takes place more than once."""
        return bool(self.component.get("RRULE") or self.component.get("RDATE"))


def read_event(component: Any, zone: ZoneInfo) -> Event | None:
    """An event of the parsed file, times without a zone in `zone`; None for one that has no start. Raises Damaged."""
    if component.errors:  # a line of those that are needed
        raise Damaged
    if component.get("DTSTART") is None:
        return None
    start, people = _moment(component, "DTSTART"), addresses(component)
    timed = start if isinstance(start, datetime) else None
    stands_for = _moment(component, "RECURRENCE-ID")
    return Event(
        uid=str(component.get("UID") or f"{start}{sorted(people)}"),
        people=people,
        start=timed,
        length=_length(component, timed, zone) if timed else timedelta(0),
        stands_for=in_utc(stands_for, zone) if isinstance(stands_for, datetime) else stands_for,
        status=frozenset(_status(component)),
        component=component,
    )


def name_of(component: Any, number: int) -> str:
    """What a damaged event is called in a report: its UID, or its number in the file."""
    uid = component.get("UID")
    return readable(str(uid)) if uid and not isinstance(uid, list) else f"VEVENT {number}"


def readable(uid: str) -> str:
    """A UID as it can be shown anywhere: the beginning, without what is not printed or turns the line around."""
    return "".join(sign if sign.isprintable() else "�" for sign in uid[:80])


def _status(component: Any) -> Iterator[str]:
    """What the event says of itself, each time it says it."""
    for name in ("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS"):
        yield from (str(one).strip().upper() for one in listed(component.get(name)))


def _moment(component: Any, name: str) -> Any:
    """The day or moment of a property, None without it. Raises Damaged where it is there twice."""
    found = listed(component.get(name))
    if len(found) > 1:
        raise Damaged
    return found[0].dt if found else None


def _length(component: Any, start: datetime, zone: ZoneInfo) -> timedelta:
    end, duration = _moment(component, "DTEND"), _moment(component, "DURATION")
    if isinstance(end, datetime):
        return in_utc(end, zone) - in_utc(start, zone)
    return duration if isinstance(duration, timedelta) else timedelta(0)
