"""Told whenever somebody opens listening results: who, and nothing of what they asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.dispatch import Signal

if TYPE_CHECKING:
    from outlisten.app.people.rules import Actor

listened = Signal()


def listens(actor: Actor) -> None:
    """Say that results were put before this person. A question alone is none: pages of figures ask many by themselves."""
    listened.send(sender=None, actor=actor)
