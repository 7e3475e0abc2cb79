"""How these pages answer after an act: a message with the button that takes it back."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from outlisten.app.decisions.models import DecisionChange


def said(request: HttpRequest, text: str, *, undo_url: str = "") -> None:
    """Show a message on the next page."""
    messages.success(request, text, extra_tags=undo_url)


def undo_of(change: DecisionChange | None) -> str:
    """The address that takes a change back; blank where nothing changed."""
    return resolve_url("decision_undo", change.pk) if change else ""


def back(request: HttpRequest, otherwise: str, *args: object) -> HttpResponseBase:
    """To the page the reader came from, when it is one of ours and not this one."""
    came = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure())
    if ours and urlsplit(came).path != request.path:
        return redirect(came)
    return redirect(otherwise, *args)
