"""Who listened, answered and decided this week: departments and backgrounds, never persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from outlisten.app.care.models import Answer
from outlisten.app.decisions.models import Decision
from outlisten.app.listening.clock import zone_of
from outlisten.app.listening.queries.names import workspace
from outlisten.app.participation.concentration import Concentration, concentration
from outlisten.app.participation.models import ListeningDay
from outlisten.app.people.models import Account, Department
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.models import AuditRow

WORK = (
    "case.",
    "decision.",
    "claim.",
    "insight.",
    "draft.",
)  # deeds of the audit log that are work for customers
WORK_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Part:
    """One department or background: its `people`, and how many of them did each at least once."""

    name: str
    people: int
    listened: int
    answered: int
    decided: int

    @property
    def took_part(self) -> bool:
        """Whether anybody there did any of it."""
        return bool(self.listened or self.answered or self.decided)


@dataclass(frozen=True, slots=True)
class TakesPart:
    """The week that began on `monday`: each department and background, and how concentrated the work of four weeks is."""

    monday: date
    departments: tuple[Part, ...]
    elsewhere: Part  # people in no department
    backgrounds: tuple[Part, ...]
    whole: Part
    concentration: Concentration

    @property
    def staffed(self) -> list[Part]:
        """The departments that anybody belongs to."""
        return [part for part in self.departments if part.people]

    @property
    def active(self) -> int:
        """How many of them took part."""
        return sum(part.took_part for part in self.staffed)


def takes_part(reader: Actor, today: date | None = None) -> TakesPart:
    """This week up to now. Agencies' people do not count: they are not the company. Raises Refused."""
    require(reader, Act.SEE_STATEMENTS)
    zone = zone_of(workspace())
    day = today or timezone.now().astimezone(zone).date()
    monday = day - timedelta(days=day.weekday())
    start = datetime.combine(monday, time.min, zone).astimezone(UTC)
    people = list(
        Account.objects.filter(is_active=True)
        .exclude(role=Account.Role.AGENCY)
        .prefetch_related("departments")
    )
    did = _Did(
        set(ListeningDay.objects.filter(day__gte=monday).values_list("account_id", flat=True)),
        set(Answer.objects.filter(at__gte=start).values_list("by_id", flat=True)),
        set(Decision.objects.filter(made_at__gte=start).values_list("made_by_id", flat=True)),
    )
    places = {person.pk: [department.pk for department in person.departments.all()] for person in people}
    return TakesPart(
        monday,
        tuple(_departments(people, places, did)),
        _part(_("in no department"), people, did, lambda one: not places[one.pk]),
        tuple(_backgrounds(people, did)),
        _part(_("everybody"), people, did, lambda _person: True),
        concentration(_work(start - timedelta(weeks=WORK_WEEKS - 1), places), places),
    )


@dataclass(frozen=True, slots=True)
class _Did:
    listened: set[int]
    answered: set[int | None]
    decided: set[int | None]


def _part(name: str, people: Iterable[Account], did: _Did, belongs: Callable[[Account], bool]) -> Part:
    theirs = {person.pk for person in people if belongs(person)}
    return Part(
        name, len(theirs), len(theirs & did.listened), len(theirs & did.answered), len(theirs & did.decided)
    )


def _departments(people: list[Account], places: dict[int, list[int]], did: _Did) -> Iterable[Part]:
    for department in Department.objects.all():
        yield _part(department.label, people, did, lambda one, pk=department.pk: pk in places[one.pk])  # type: ignore[misc]


def _backgrounds(people: list[Account], did: _Did) -> Iterable[Part]:
    for key, label in Account.Background.choices:
        yield _part(str(label), people, did, lambda one, key=key: one.background == key)  # type: ignore[misc]
    if any(not person.background for person in people):
        yield _part(_("not told"), people, did, lambda one: not one.background)


def _work(since: datetime, known: dict[int, list[int]]) -> dict[int, int]:
    """How many deeds of the audit log each of these people did."""
    wanted = Q()
    for name in WORK:
        wanted |= Q(act__startswith=name)
    done = AuditRow.objects.filter(
        wanted, at__gte=since, outcome=AuditRow.Outcome.DONE, actor__in=list(known)
    )
    return dict(Counter(actor for actor in done.values_list("actor", flat=True) if actor is not None))
