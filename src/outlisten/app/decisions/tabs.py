"""The tabs of this room: insights, decisions, claims."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab; `prefix` begins the names of the addresses that belong to it."""

    name: str
    label: str | Promise
    prefix: str


TABS = (
    Tab("insights", _("Insights"), "insight"),
    Tab("decisions", _("Decisions"), "decision"),
    Tab("claims", _("Claims"), "claim"),
)


def tabs_for(request: HttpRequest) -> list[tuple[str | Promise, str, bool]]:
    """Label, address, and whether it is the open one; a tab whose page is not there yet is left out."""
    page = request.resolver_match.url_name or "" if request.resolver_match else ""
    shown = []
    for tab in TABS:
        try:
            shown.append((tab.label, reverse(tab.name), page.startswith(tab.prefix)))
        except NoReverseMatch:
            continue
    return shown
