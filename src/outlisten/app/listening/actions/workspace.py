"""Changing the workspace."""

from __future__ import annotations

from outlisten.app.listening.models import Workspace
from outlisten.app.people.rules import Act, Actor, require


def change_workspace(changed: Workspace, *, by: Actor) -> None:
    """Keep the workspace's name, company, zone, as-of day and language. Raises Refused, ValidationError."""
    require(by, Act.MANAGE_WORKSPACE)
    changed.full_clean()
    changed.save()
