"""Rooms that are not built yet: visible, quiet, one honest sentence."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from outlisten.app.web.menu import MENU


def to_come(request: HttpRequest, room: str) -> HttpResponse:
    """What will live in this room."""
    found = next((one for one in MENU if one.name == room and one.quiet), None)
    if found is None:
        raise Http404
    return render(request, "web/room_to_come.html", {"room": found})
