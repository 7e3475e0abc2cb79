"""What every template knows: the menu, where we are, what this person may do, and how they like to read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from outlisten.app.people.rules import acts_of
from outlisten.app.web.menu import rooms_for
from outlisten.app.web.theme import chosen_theme, theme_of

# First parts of addresses that belong to a room of another name.
ELSEWHERE = {
    "": "today", "posts": "listen", "import": "settings", "account": "settings", "ui": "settings",
    "participation": "mirror",
}  # fmt: skip


def room_of(path: str) -> str:
    """The name of the room to which an address belongs."""
    first, _, rest = path.strip("/").partition("/")
    return rest if first == "rooms" else ELSEWHERE.get(first, first)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The names the base template uses."""
    return {
        "menu": rooms_for(request.user) if hasattr(request, "user") else [],
        "here": room_of(request.path),
        "may": acts_of(request.user) if hasattr(request, "user") else {},
        "theme_chosen": chosen_theme(request),
        "theme": theme_of(request),
        "sends_email": settings.SENDS_EMAIL,
    }
