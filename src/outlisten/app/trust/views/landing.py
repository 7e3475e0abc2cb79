"""The first page of the room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from outlisten.app.people.acts import MAY
from outlisten.app.people.rules import role_names
from outlisten.app.trust.landing import parts
from outlisten.app.trust.pages import PAGES


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """What stands in each part of the room that this person may open."""
    found = parts(request.user)
    who = role_names(frozenset().union(*(MAY[part.act] for part in PAGES))) if not found else ""
    return render(request, "trust/landing.html", {"parts": found, "who": who})
