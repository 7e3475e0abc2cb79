"""Answers for machines: live events, health, and the entries of the command palette."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from outlisten import __version__
from outlisten.app.web.health import problem
from outlisten.app.web.live import stream
from outlisten.app.web.palette import entries


@require_GET
async def live(request: HttpRequest) -> HttpResponseBase:
    """Server-sent events for one browser, for as long as it stays."""
    response = StreamingHttpResponse(stream(), content_type="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"  # nginx would hold events back
    return response


@login_not_required
@never_cache
@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """Whether this process can do its work: 200 with ok true, or 503 with ok false and the problem in one word."""
    found = problem()
    if found:
        return JsonResponse({"ok": False, "version": __version__, "problem": found}, status=503)
    return JsonResponse({"ok": True, "version": __version__})


@login_not_required
def favicon(request: HttpRequest) -> HttpResponseBase:
    """Browsers ask here on pages that are not HTML."""
    return redirect(static("web/mark.svg"))


@never_cache
@require_GET
def palette(request: HttpRequest) -> JsonResponse:
    """What the command palette offers this person."""
    return JsonResponse({"entries": entries(request)})
