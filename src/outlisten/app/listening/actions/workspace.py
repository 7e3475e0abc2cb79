"""Changing the workspace."""

from __future__ import annotations

from django.db import transaction

from outlisten.app.listening.models import Workspace
from outlisten.app.listening.queries.names import workspace
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import record


@transaction.atomic
def change_workspace(changed: Workspace, *, by: Actor) -> None:
    """Keep the workspace's name, company, zone, as-of day and language. Raises Refused, ValidationError."""
    require(by, Act.MANAGE_WORKSPACE)
    changed.full_clean()
    changed.save()
    record("workspace.change", by=by)


def name_workspace(*, name: str, zone: str, language: str, by: Actor) -> Workspace:
    """What the owner says at set-up: name, zone and language. Raises Refused, ValidationError."""
    found = workspace()
    found.name, found.zone, found.language = name, zone, language
    change_workspace(found, by=by)
    return found
