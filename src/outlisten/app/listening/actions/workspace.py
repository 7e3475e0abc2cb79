"""Changing the workspace."""

from __future__ import annotations

from django.db import transaction

from outlisten.app.listening.actions.rereading import reread
from outlisten.app.listening.models import Workspace
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.voices.affected import naming
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import record


@transaction.atomic
def change_workspace(changed: Workspace, *, by: Actor) -> None:
    """Keep the workspace's name, company, zone, as-of day and language. Raises Refused, ValidationError."""
    require(by, Act.MANAGE_WORKSPACE)
    changed.full_clean()
    before = Workspace.objects.filter(pk=changed.pk).values_list("company", flat=True).first() or ""
    changed.save()
    record("workspace.change", by=by)
    if before != changed.company:
        reread(naming([before, changed.company]), by=by)


def name_workspace(*, name: str, zone: str, language: str, by: Actor) -> Workspace:
    """What the owner says at set-up: name, zone and language. Raises Refused, ValidationError."""
    found = workspace()
    found.name, found.zone, found.language = name, zone, language
    change_workspace(found, by=by)
    return found
