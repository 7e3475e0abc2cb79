"""Hours of talk of each team: from calendars, and from the acts on cases."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Sum
from django.utils import timezone

from outlisten.app.care.models import Entry
from outlisten.app.listening.clock import zone_of
from outlisten.app.listening.queries.names import workspace
from outlisten.app.participation.balance import NOTHING, TalkBalance
from outlisten.app.participation.case_time import CaseAct, minutes_by_department
from outlisten.app.participation.models import MailDomain, MeetingTime
from outlisten.app.people.models import Department
from outlisten.app.people.rules import Act, Actor, require

WEEKS = 4  # the length of the figure; the trend is three times as long
TREND = 12
# Acts that a machine also writes, or that nobody spends time on.
NO_WORK = ("joined", "asked", "thanked")


@dataclass(frozen=True, slots=True)
class Team:
    """One department's balance over some weeks."""

    department: Department
    balance: TalkBalance


@dataclass(frozen=True, slots=True)
class Talk:
    """Every team with its balance, all of them together, and the whole company week by week.

    `calendars` says whether any calendar was brought in at all; `domains` whether any domain of ours is known.
    """

    first: date
    last: date
    teams: tuple[Team, ...]
    whole: TalkBalance
    weeks: tuple[tuple[date, TalkBalance], ...]
    calendars: bool
    domains: bool


def talk(reader: Actor, today: date | None = None) -> Talk:
    """The last four weeks up to and including this one, and twelve for the trend. Raises Refused."""
    require(reader, Act.SEE_STATEMENTS)
    day = today or timezone.now().astimezone(zone_of(workspace())).date()
    monday = day - timedelta(days=day.weekday())
    weeks = [monday - timedelta(weeks=back) for back in range(TREND - 1, -1, -1)]
    hours = _hours(weeks[0], monday)
    recent = set(weeks[-WEEKS:])
    teams = tuple(
        Team(one, balance)
        for one in Department.objects.all()
        if (balance := _together(hours, recent, one.pk)) != NOTHING
    )
    return Talk(
        first=weeks[-WEEKS],
        last=day,
        teams=teams,
        whole=_together(hours, recent),
        weeks=tuple((week, _with_meetings(_together(hours, {week}))) for week in weeks),
        calendars=MeetingTime.objects.exists(),
        domains=MailDomain.objects.filter(whose=MailDomain.Whose.OURS).exists(),
    )


Hours = dict[tuple[date, int], TalkBalance]


def _together(hours: Hours, weeks: Collection[date], place: int | None = None) -> TalkBalance:
    """The hours of some weeks, of one department or of all."""
    found = NOTHING
    for (week, department), balance in hours.items():
        if week in weeks and place in (None, department):
            found = found.plus(balance)
    return found


def _with_meetings(week: TalkBalance) -> TalkBalance:
    """A week of which no meeting is known says nothing of the balance: time on cases alone would be all of it."""
    return NOTHING if week.classified is None else week


def _hours(first: date, last: date) -> Hours:
    """The hours of each week and department."""
    hours: Hours = {}
    for key, balance in (*_meetings(first, last), *_cases(first, last)):
        hours[key] = hours.get(key, NOTHING).plus(balance)
    return hours


def _meetings(first: date, last: date) -> Iterator[tuple[tuple[date, int], TalkBalance]]:
    rows = (
        MeetingTime.objects.filter(week__gte=first, week__lte=last)
        .values("week", "department_id", "kind")
        .annotate(total=Sum("minutes"))
    )
    for row in rows:
        amount = dict.fromkeys(MeetingTime.Kind.values, 0.0) | {row["kind"]: row["total"] / 60}
        balance = TalkBalance(amount["internal"], amount["customers"], amount["unknown"], 0.0)
        yield (row["week"], row["department_id"]), balance


def _cases(first: date, last: date) -> Iterator[tuple[tuple[date, int], TalkBalance]]:
    """Each week apart, so that a pause over midnight on Sunday costs one act's cap at most."""
    zone = zone_of(workspace())
    start = datetime.combine(first, time.min, zone).astimezone(UTC)
    entries = Entry.objects.filter(at__gte=start, by__isnull=False).exclude(kind__in=NO_WORK)
    by_week: dict[date, list[CaseAct]] = {}
    for person, department, at in entries.values_list("by_id", "case__department_id", "at"):
        local = at.astimezone(zone).date()
        week = local - timedelta(days=local.weekday())
        if week <= last:
            by_week.setdefault(week, []).append(CaseAct(person, department, at))
    for week, acts in by_week.items():
        for department, minutes in minutes_by_department(acts).items():
            yield (week, department), TalkBalance(0.0, 0.0, 0.0, minutes / 60)
