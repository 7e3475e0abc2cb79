"""Light or dark for this reader."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest

from outlisten.app.people.models import Account
from outlisten.app.people.views.switches import THEME_COOKIE

Theme = Literal["light", "dark"]
SCHEME_COOKIE = "outlisten_scheme"  # what the system prefers, written by boot.js


def chosen_theme(request: HttpRequest) -> str:
    """system, light or dark: the account's choice, else the visitor's."""
    user = getattr(request, "user", None)
    chosen = user.theme if isinstance(user, Account) else request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in Account.Theme.values else Account.Theme.SYSTEM


def theme_of(request: HttpRequest) -> Theme:
    """light or dark, to draw charts with: `system` follows what the browser last said."""
    chosen = chosen_theme(request)
    if chosen == Account.Theme.SYSTEM:
        chosen = request.COOKIES.get(SCHEME_COOKIE, "")
    return "dark" if chosen == "dark" else "light"
