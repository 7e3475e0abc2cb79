"""The bar above the posts on Listen that says what came in meanwhile, and the list with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from outlisten.app.listening.deepening import ask_for_shown
from outlisten.app.listening.queries import listen as queries
from outlisten.app.listening.queries.arrivals import MANY, Shown, arrived, awaited, read_shown, shown_of
from outlisten.app.listening.questions import Question
from outlisten.app.listening.views.asked import asked
from outlisten.app.listening.views.refusals import plainly, problem

Context = dict[str, Any]


@require_GET
@plainly
def bar(request: HttpRequest) -> HttpResponseBase:
    """How many posts of the question came in since the newest one shown; nothing where none did."""
    question, shown = asked(request), read_shown(request.GET)
    if question.problem or shown is None or not awaited(question, timezone.now()):
        return HttpResponse(status=204)
    new = arrived(question, shown)
    if new is None:
        return HttpResponse(status=204)
    return render(request, "listening/_arrivals.html", _bar(question, shown, new))


@require_GET
@plainly
def shown_again(request: HttpRequest) -> HttpResponseBase:
    """The first posts of the question again, and a bar that waits for what comes after them."""
    question = asked(request)
    if question.problem:
        return problem(request, question.problem)
    listed = queries.page_of_posts(question)
    found = [line.post for line in listed.lines]
    ask_for_shown(found)
    context = {
        "listed": listed,
        "next_address": question.address(after=listed.after or ""),
        **bar_under(question, found),
    }
    answer = render(request, "listening/_list.html", context)
    answer.headers["HX-Trigger-After-Swap"] = "listen:shown"
    return answer


def bar_under(question: Question, newest_first: Iterable[Mapping[str, Any]]) -> Context:
    """What the bar needs when these posts are put on a page: silent, and waiting where anything new can come."""
    now = timezone.now()
    if not awaited(question, now):
        return {"question": question, "waits": False}
    return _bar(question, shown_of(question, newest_first, now), 0)


def _bar(question: Question, shown: Shown, new: int) -> Context:
    return {
        "question": question,
        "address": question.address(),
        "bar_address": question.address(**shown.address()),
        "new": min(new, MANY),
        "many": new >= MANY,
        "waits": new < MANY,
        "any_shown": shown.posts > 0,
    }
