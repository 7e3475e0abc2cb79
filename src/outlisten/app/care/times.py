"""When an answer is due, and how long customers waited: in a department's opening hours, without the pauses."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from outlisten.app.care.business_hours import OpeningHours, working
from outlisten.app.care.models import Case, ServiceLevel
from outlisten.app.listening.clock import zone_of
from outlisten.app.listening.queries.names import workspace
from outlisten.insights.waiting import Wait

Pauses = list[tuple[datetime, datetime | None]]


def level_of(department: int) -> ServiceLevel:
    """The department's service level; the usual one while nobody has set any."""
    found = ServiceLevel.objects.filter(department=department).first()
    return found or ServiceLevel(department_id=department)


def hours_of_each(departments: Collection[int]) -> dict[int, OpeningHours]:
    """Department → its opening hours."""
    zone = zone_of(workspace())
    kept = {level.department_id: level for level in ServiceLevel.objects.filter(department__in=departments)}
    return {one: kept.get(one, ServiceLevel()).hours(zone) for one in departments}


def set_clock(case: Case) -> None:
    """Say when the customer must have an answer; nothing is saved. Call it after every change that moves the clock."""
    level = level_of(case.department_id)
    hours, pauses = level.hours(zone_of(workspace())), _pauses(case)
    target = timedelta(minutes=level.target_minutes)
    if case.first_answered_at is None:
        case.first_due_at = _due(hours, case.waits_since, target, pauses)
    stands_still = case.unanswered_since is None or any(end is None for _, end in pauses)
    if stands_still or case.unanswered_since is None:
        case.due_at = None
    else:
        case.due_at = _due(hours, case.unanswered_since, target, pauses)


def is_late(case: Case, now: datetime) -> bool:
    """Whether the first answer came after its deadline, or has not come and the deadline is past.

    While the clock stands still no deadline passes: what counts is where it stood when the pause began.
    """
    if case.first_due_at is None:
        return False
    paused = next((start for start, end in _pauses(case) if end is None), None)
    return (case.first_answered_at or case.solved_at or paused or now) > case.first_due_at


def first_wait(case: Case, now: datetime, hours: OpeningHours) -> Wait:
    """How long the customer waited for a first word, in open minutes; a case solved without one is censored there."""
    end = case.first_answered_at or case.solved_at or now
    spent = working(hours, case.waits_since, max(end, case.waits_since), _pauses(case))
    return Wait(spent.total_seconds() / 60, case.first_answered_at is not None)


def _pauses(case: Case) -> Pauses:
    return [(pause.started_at, pause.ended_at) for pause in case.pauses.all()] if case.pk else []


def _due(hours: OpeningHours, since: datetime, target: timedelta, pauses: Pauses) -> datetime | None:
    """Each pause that began before the deadline moves it on by the open time that it took."""
    due = hours.after(since, target)
    for started, ended in sorted(pauses, key=lambda pause: pause[0]):
        if due is None or ended is None or ended <= since or started >= due:
            continue
        due = hours.after(due, hours.elapsed(max(started, since), ended))
    return due
