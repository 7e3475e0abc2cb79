"""The audit log: read, filtered, verified; its head to take away."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from outlisten.app.people.rules import Act, require
from outlisten.app.trust import log
from outlisten.app.trust.head import kept_head
from outlisten.app.trust.landing import verified_sentence
from outlisten.app.trust.models import AuditRow
from outlisten.app.trust.verification import Verdict, check
from outlisten.app.web.address_values import whole_number

ASKED = ("act", "account", "outcome", "about")


@require_GET
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """The newest rows, or those before a row, of the acts that were asked for."""
    return _page(request, None)


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Walk the whole log; the answer stands above it."""
    return _page(request, check(by=request.user))


@require_GET
@never_cache
def head(request: HttpRequest) -> HttpResponse:
    """The kept head as the file that `audit verify --head` reads."""
    require(request.user, Act.SEE_AUDIT)
    kept = kept_head()
    if kept is None:
        raise Http404
    response = JsonResponse({"count": kept.count, "digest": kept.digest})
    response.headers["Content-Disposition"] = f'attachment; filename="outlisten-audit-{kept.count}.head"'
    return response


def _page(request: HttpRequest, verdict: Verdict | None) -> HttpResponse:
    by, asked = request.user, request.GET
    shown = log.page(_filters(asked), by=by, before=whole_number(asked.get("before", "")))
    chosen = {name: asked[name] for name in ASKED if asked.get(name)}
    said, ok = verified_sentence()
    return render(request, "trust/audit.html", {
        "page": shown, "chosen": chosen, "older": urlencode({**chosen, "before": shown.before or ""}),
        "acts": log.known_acts(by=by), "people": log.people(by=by), "outcomes": AuditRow.Outcome.choices,
        "refused": log.refused_by_role(by=by), "verdict": verdict, "verified": said, "verified_ok": ok,
        "head": kept_head(), "paged": bool(asked.get("before")),
    })  # fmt: skip


def _filters(asked: QueryDict) -> log.Filters:
    return log.Filters(
        act=asked.get("act", "")[:40], account=whole_number(asked.get("account", "")),
        outcome=asked.get("outcome", "")[:8], about=asked.get("about", "").strip()[:80],
    )  # fmt: skip
