"""How Django knows this room."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    name = "outlisten.app.participation"
    label = "participation"
    verbose_name = _("Who takes part")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear when somebody listens."""
        from outlisten.app.listening.listened import listened

        listened.connect(_note, dispatch_uid="participation.listening_day")


def _note(actor: Any, **_more: Any) -> None:
    from outlisten.app.participation.actions import note_listening
    from outlisten.app.people.models import Account

    if isinstance(actor, Account) and actor.pk:
        note_listening(actor)
