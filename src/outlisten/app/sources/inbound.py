"""Where systems send posts to. No browser: neither session nor cookie counts here, each request proves itself."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from outlisten.app.sources.receiving import LARGEST, TurnedAway
from outlisten.app.sources.receiving import receive as kept
from outlisten.sources.pushing import Push


@csrf_exempt  # a signature or token of the sender's own, which no browser sends by itself
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """What the connector answers its sender, else 202 with the number of items that are kept; or one sentence with the status
    that it means."""
    try:
        arrived = kept(pk, _push(request))
    except TurnedAway as problem:
        return _turned_away(problem)
    if arrived.reply is not None:
        return HttpResponse(arrived.reply, content_type="text/plain; charset=utf-8")
    return JsonResponse({"received": len(arrived.records)}, status=202)


def _turned_away(problem: TurnedAway) -> JsonResponse:
    answer = JsonResponse({"error": str(problem)}, status=problem.status)
    if problem.wait:
        answer.headers["Retry-After"] = str(problem.wait)
    if problem.status == 405:
        answer.headers["Allow"] = "POST"
    return answer


def _push(request: HttpRequest) -> Push:
    """The request as connectors know it. Raises TurnedAway."""
    query = {name: str(value) for name, value in request.GET.items()}
    return Push(request.method or "", query, request.headers, _body(request), timezone.now())


def _body(request: HttpRequest) -> bytes:
    """The body, of which no more is read than may be sent. Raises TurnedAway."""
    try:
        body = request.read(LARGEST + 1)
    except OSError as problem:
        raise TurnedAway(400, _("The request broke off.")) from problem
    if len(body) > LARGEST:
        raise TurnedAway(413, _("A request may have 1 MB. Send fewer items at once."))
    return bytes(body)
