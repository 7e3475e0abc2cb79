"""The queue and a case: whole pages, and the parts of them that change while one looks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from outlisten.app.care.actions.presence import be_here
from outlisten.app.care.models import Rule
from outlisten.app.care.queries import thread as threads
from outlisten.app.care.queries.door import queues
from outlisten.app.care.queries.figures import answer_times
from outlisten.app.care.queries.queue import SHOWS, Show, queue
from outlisten.app.care.queries.thanks import my_thanks
from outlisten.app.care.views.composer import composer
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.people.models import Department
from outlisten.app.people.rules import Act, require


@require_GET
@plainly
def home(request: HttpRequest) -> HttpResponseBase:
    """The queue, and beside it thanks and how soon we answer."""
    require(request.user, Act.SEE_CASES)
    more = {
        "thanks": my_thanks(request.user),
        "times": answer_times(request.user),
        "rules": Rule.objects.exists(),
    }
    return render(request, "care/care.html", board(request) | more)


@require_GET
def queue_part(request: HttpRequest) -> HttpResponseBase:
    """The queue anew, when something changed."""
    return render(request, "care/_queue.html", board(request))


@require_GET
@plainly
def case(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One case; chosen from the queue it comes without the queue."""
    context = shown(request, pk)
    if request.headers.get("HX-Target") == "case":
        return render(request, "care/_case.html", context)
    return render(request, "care/care.html", context | board(request))


@require_GET
@plainly
def thread_part(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The conversation anew, when something changed; what one is writing stays."""
    whole = threads.thread(request.user, pk)
    context = {"case": whole.case, "thread": whole, "row": whole.row, "filters": filters(request)}
    return render(request, "care/_thread.html", context)


@require_POST
def here(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say that one has the case open; who else has."""
    return render(request, "care/_here.html", {"others": be_here(pk, by=request.user)})


def shown(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What the page shows of a case. Raises Refused, NoSuchCase."""
    whole = threads.thread(request.user, pk)
    return {
        "case": whole.case, "thread": whole, "row": whole.row,
        "person": threads.person(request.user, whole.case),
        "composer": composer(request, whole), "filters": filters(request),
    }  # fmt: skip


def board(request: HttpRequest) -> dict[str, Any]:
    """What the queue shows: the filters of the address, the departments one may choose."""
    mine = queues(request.user)
    key, show = request.GET.get("department", ""), _show(request.GET.get("show", ""))
    chosen: Department | None = get_object_or_404(mine, key=key) if key else None
    return {
        "queue": queue(request.user, department=chosen, show=show), "departments": list(mine), "chosen": chosen,
        "show": show, "filters": filters(request),
    }  # fmt: skip


def filters(request: HttpRequest) -> str:
    """The filters of the queue as the query part of an address, with its question mark; blank without any."""
    kept = {name: request.GET[name] for name in ("department", "show") if request.GET.get(name)}
    return f"?{urlencode(kept)}" if kept else ""


def _show(asked: str) -> Show:
    return next((show for show in SHOWS if show == asked), "open")
