"""Sources that a person should look at, for Today, the menu and the tabs of Settings."""

from __future__ import annotations

from typing import Any

from django import template

from outlisten.app.people.rules import Act, may
from outlisten.app.sources.alerts import Alerts, alerts

register = template.Library()


@register.simple_tag(takes_context=True)
def ailing_sources(context: dict[str, Any]) -> Alerts | None:
    """The sources that need a look; None when all are well, and for who may not search."""
    reader = context["request"].user
    return (alerts(reader) or None) if may(reader, Act.SEARCH) else None
