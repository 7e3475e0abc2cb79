"""What every template knows: the menu, where we are, what this person may do, and how they like to read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from outlisten.app.people.rules import acts_of
from outlisten.app.web.menu import MENU
from outlisten.app.web.theme import chosen_theme, theme_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """The names the base template uses."""
    match = request.resolver_match
    here = ""
    if match:
        here = str(match.kwargs.get("room") or getattr(match.func, "room", "") or match.url_name or "")
    return {
        "menu": MENU,
        "here": here,
        "may": acts_of(request.user) if hasattr(request, "user") else {},
        "theme_chosen": chosen_theme(request),
        "theme": theme_of(request),
    }
