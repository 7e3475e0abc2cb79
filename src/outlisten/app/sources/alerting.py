"""The parts of other pages that say which sources need a look; each is asked for again when a source was asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from outlisten.app.people.rules import Act, require
from outlisten.app.sources.alerts import alerts

PLACES = ("rail", "bar", "rooms")  # where the menu stands on every page


@require_GET
def ailing(request: HttpRequest) -> HttpResponse:
    """What Today says of them."""
    require(request.user, Act.SEARCH)
    return render(request, "sources/_ailing.html")


@require_GET
def mark(request: HttpRequest) -> HttpResponse:
    """The mark on the tab of Settings."""
    return render(request, "sources/_mark.html", {"ailing": alerts(request.user)})


@require_GET
def marks(request: HttpRequest) -> HttpResponse:
    """The marks of the menu, out of band."""
    require(request.user, Act.SEARCH)
    return render(request, "sources/_marks.html", {"places": PLACES})
