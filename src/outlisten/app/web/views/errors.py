"""Pages for what went wrong: what happened, what is safe, what to do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from outlisten.app.people.rules import Refused
from outlisten.app.trust.audit import record_refusal


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself is malformed."""
    return _page(request, "bad_request", 400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: by which rule, and who can."""
    sentence = ""
    if isinstance(exception, Refused):
        sentence = str(exception.sentence)
        record_refusal(exception)
    return _page(request, "refused", 403, sentence=sentence)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is missing or old; nothing was changed."""
    return _page(request, "form_expired", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _page(request, "not_found", 404)


def failed(request: HttpRequest) -> HttpResponse:
    """500: without the database, the account or anything else that may be what failed."""
    return HttpResponse(render_to_string("web/errors/failed.html"), status=500)


def _page(request: HttpRequest, name: str, status: int, **context: Any) -> HttpResponse:
    return render(request, f"web/errors/{name}.html", context, status=status)
