"""The queue: who waits for us, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import Case as When_
from django.db.models import Count, F, IntegerField, Min, Q, QuerySet, Value, When
from django.utils import timezone

from outlisten.app.care.models import Case
from outlisten.app.care.queries.door import visible
from outlisten.app.care.times import hours_of_each, is_late, level_of
from outlisten.app.people.models import Department
from outlisten.app.people.rules import Actor

Show = Literal["open", "mine", "solved"]
SHOWS: tuple[Show, ...] = ("open", "mine", "solved")
MOST = 60  # more than anybody looks through: the most pressing come first
State = Case.State


@dataclass(frozen=True, slots=True)
class Row:
    """A case in the queue: open minutes left until its answer is due (negative: past), None while nothing is due."""

    case: Case
    left: int | None
    late: bool
    paused: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """What a person sees of a queue: its rows, how many there are, how many wait for us, and since when the longest."""

    rows: list[Row]
    total: int
    waiting: int
    oldest: datetime | None
    target_minutes: int | None  # where the queue is one department's


def queue(actor: Actor, *, department: Department | None = None, show: Show = "open") -> Queue:
    """The cases this person may see, those that wait for us first. Raises Refused."""
    cases = visible(actor)
    if department is not None:
        cases = cases.filter(department=department)
    waits = ~Q(state__in=(State.SOLVED, State.WAITING_CUSTOMER))
    chosen = {
        "open": ~Q(state=State.SOLVED),
        "mine": ~Q(state=State.SOLVED) & Q(owner=actor.pk),
        "solved": Q(state=State.SOLVED),
    }
    listed = _ordered(cases.filter(chosen[show]), show)
    counted = cases.aggregate(
        total=Count("pk", filter=chosen[show]), waiting=Count("pk", filter=waits),
        oldest=Min("unanswered_since", filter=waits),
    )  # fmt: skip
    return Queue(
        rows=rows(listed.select_related("department", "owner", "rule").prefetch_related("pauses")[:MOST]),
        **counted,
        target_minutes=level_of(department.pk).target_minutes if department else None,
    )


def _ordered(cases: QuerySet[Case], show: Show) -> QuerySet[Case]:
    if show == "solved":
        return cases.order_by("-solved_at", "-id")
    theirs = When_(
        When(state=State.WAITING_CUSTOMER, then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    return cases.order_by(theirs, "-urgency", F("due_at").asc(nulls_last=True), "id")


def rows(cases: Iterable[Case]) -> list[Row]:
    """Cases with the time that is left, each in the opening hours of its department."""
    now, found = timezone.now(), []
    listed = list(cases)
    hours_by = hours_of_each({case.department_id for case in listed})
    for case in listed:
        hours = hours_by[case.department_id]
        paused = case.state == State.WAITING_CUSTOMER and case.due_at is None
        left = None
        if case.due_at is not None:
            ahead = case.due_at >= now
            span = hours.elapsed(now, case.due_at) if ahead else -hours.elapsed(case.due_at, now)
            left = int(span / timedelta(minutes=1))
        found.append(Row(case, left, is_late(case, now), paused))
    return found


def row(case: Case) -> Row:
    """One case with the time that is left."""
    return rows([case])[0]
