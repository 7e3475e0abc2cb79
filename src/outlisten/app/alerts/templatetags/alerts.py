"""What templates say of alerts."""

from __future__ import annotations

from datetime import timedelta

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.timesince import timesince

from outlisten.app.alerts.queries.alerts import going_on
from outlisten.app.alerts.shown import Shown, shown

register = template.Library()


@register.simple_tag(takes_context=True)
def alerts_now(context: Context) -> list[Shown]:
    """What goes on now, and what cannot wait."""
    return [shown(one) for one in going_on(context["request"].user)]


@register.filter
def span(length: timedelta) -> str:
    """A length of time in words: 3 hours, 10 minutes."""
    now = timezone.now()
    return timesince(now - length, now)
