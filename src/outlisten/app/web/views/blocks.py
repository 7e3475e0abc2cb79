"""The living page /ui: every building block in every state."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from outlisten.app.people.signed_in import signed_in
from outlisten.app.web.examples import examples


def page(request: HttpRequest) -> HttpResponse:
    """Every block, for those who look after the installation."""
    if not signed_in(request).is_staff:
        raise PermissionDenied
    return render(request, "web/ui.html", examples())
