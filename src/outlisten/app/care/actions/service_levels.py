"""Changing how soon a department answers, and when it is there."""

from __future__ import annotations

from django.db import transaction

from outlisten.app.care.models import Case, ServiceLevel
from outlisten.app.care.times import set_clock
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import record
from outlisten.app.web.live import publish


@transaction.atomic
def set_service_level(level: ServiceLevel, *, by: Actor) -> ServiceLevel:
    """Keep a department's service level; open cases get their new deadlines. Raises Refused, ValidationError."""
    require(by, Act.MANAGE_CARE, level.department_id)
    level.full_clean()
    level.save()
    unsolved = Case.objects.filter(department=level.department_id).exclude(state=Case.State.SOLVED)
    for case in unsolved.select_for_update().order_by("pk"):
        set_clock(case)
        case.save(update_fields=["due_at", "first_due_at"])
    record(
        "service_level.set",
        by=by,
        about=f"department:{level.department_id}",
        target_minutes=level.target_minutes,
    )
    transaction.on_commit(lambda: publish("care", {}))
    return level
