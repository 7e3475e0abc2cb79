"""The board: decisions in columns by state, moved by keys, buttons or dragging."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from outlisten.app.decisions.actions import decisions as actions
from outlisten.app.decisions.clock import today
from outlisten.app.decisions.models import Decision
from outlisten.app.decisions.queries import decisions as queries
from outlisten.app.decisions.views.answers import back, said, undo_of


@require_GET
def page(request: HttpRequest) -> HttpResponseBase:
    """All decisions that are not withdrawn, a column for each state."""
    context = _context(request) | {"counted": queries.counted(request.user)}
    return render(request, "decisions/board.html", context)


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a decision another state. *Reviewed* leads to the form that records what came of it."""
    decision, state = queries.decision(request.user, pk), request.POST.get("state", "")
    part = bool(request.headers.get("HX-Request"))
    if state == Decision.State.REVIEWED and not decision.outcomes.filter(withdrawn_at=None).exists():
        where = reverse("decision_review", args=[pk])
        return HttpResponse(headers={"HX-Redirect": where}) if part else redirect(where)
    try:
        change = actions.move(decision, state, by=request.user)
    except ValidationError as problems:
        messages.error(request, problems.messages[0])
        change = None
    else:
        said(
            request,
            _("“%(text)s” is now %(state)s.")
            % {"text": decision.text, "state": decision.get_state_display()},
            undo_url=undo_of(change),
        )
    if not part:
        return back(request, "decision", pk)
    return render(request, "decisions/_moved.html", _context(request))


def _context(request: HttpRequest) -> dict[str, object]:
    return {"columns": queries.board(request.user), "today": today()}
