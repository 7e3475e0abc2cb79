"""Where systems send posts to. No browser: neither session nor cookie counts here, each request proves itself."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from outlisten.app.sources.receiving import LARGEST, TurnedAway
from outlisten.app.sources.receiving import receive as kept


@csrf_exempt  # a signature or token of the sender's own, which no browser sends by itself
@login_not_required
@never_cache
@require_POST
def receive(request: HttpRequest, pk: int) -> JsonResponse:
    """202 with the number of items that are kept, or one sentence with the status that it means."""
    try:
        return JsonResponse({"received": kept(pk, request.headers, _body(request))}, status=202)
    except TurnedAway as problem:
        answer = JsonResponse({"error": str(problem)}, status=problem.status)
        if problem.wait:
            answer.headers["Retry-After"] = str(problem.wait)
        return answer


def _body(request: HttpRequest) -> bytes:
    """The body, of which no more is read than may be sent. Raises TurnedAway."""
    try:
        body = request.read(LARGEST + 1)
    except OSError as problem:
        raise TurnedAway(400, _("The request broke off.")) from problem
    if len(body) > LARGEST:
        raise TurnedAway(413, _("A request may have 1 MB. Send fewer items at once."))
    return bytes(body)
