"""How Django knows this room."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    name = "outlisten.app.participation"
    label = "participation"
    verbose_name = _("Who takes part")
    default_auto_field = "django.db.models.BigAutoField"
