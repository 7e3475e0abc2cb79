"""What pages about models write: how long a reading takes."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.app.listening.labels import field_label

register = template.Library()
MINUTE, HOUR = 60, 3_600


@register.filter
def about(seconds: float) -> str:
    """A length of time as one says it: minutes up to two hours, then hours."""
    if seconds < 2 * HOUR:
        minutes = max(1, round(seconds / MINUTE))
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = round(seconds / HOUR)
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


@register.filter
def reading_label(column: str) -> str:
    """A reading column's name for a reader."""
    names = {"flags": _("Marked as"), "urgency_reasons": _("Urgent because of")}
    return names.get(column) or field_label(column)
