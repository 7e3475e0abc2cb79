"""Today: what is new, in one sentence first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest) -> HttpResponse:
    """Where everybody lands after sign-in."""
    return render(request, "web/today.html", {})
