"""The service levels of departments."""

from __future__ import annotations

from dataclasses import dataclass

from outlisten.app.care.models import ServiceLevel
from outlisten.app.people.models import Department
from outlisten.app.people.rules import Act, Actor, departments_for, require


@dataclass(frozen=True, slots=True)
class Level:
    """A department with its level; `usual` says that nobody has set it."""

    department: Department
    level: ServiceLevel
    usual: bool


def levels(actor: Actor) -> list[Level]:
    """Each department whose care this person manages. Raises Refused."""
    require(actor, Act.MANAGE_CARE)
    mine = departments_for(actor, Act.MANAGE_CARE)
    departments = Department.objects.all() if mine is None else Department.objects.filter(pk__in=mine)
    kept = {level.department_id: level for level in ServiceLevel.objects.all()}
    return [
        Level(
            department,
            kept.get(department.pk) or ServiceLevel(department=department),
            department.pk not in kept,
        )
        for department in departments
    ]
