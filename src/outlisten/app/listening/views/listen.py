"""The page Listen and the parts it loads."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from outlisten.app.listening.labels import field_label, value_label
from outlisten.app.listening.menus import filter_menu, period_menu
from outlisten.app.listening.queries import listen as queries
from outlisten.app.listening.queries.query_box import box
from outlisten.app.listening.questions import Question
from outlisten.app.listening.views.refusals import plainly, problem

FIXED = {
    "sentiment": ("negative", "neutral", "positive"),
    "voice": ("earned", "owned", "employee", "partner", "paid", "unknown"),
}


@require_GET
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """The query box and the filters at once; everything that is counted is loaded after."""
    question = queries.ask(request.user, request.GET)
    status = 400 if question.problem else 200
    return render(request, "listening/listen.html", _shell(question), status=status)


def _shell(question: Question) -> dict[str, Any]:
    known = {name: queries.known_values(name) for name in ("platform", "lang")} | FIXED
    chips = [
        (field_label(name), value_label(name, value), question.with_filter(name, value))
        for name, value in question.filters.address()
        if name not in known
    ]
    return {
        "question": question,
        "menus": [filter_menu(question, name, values) for name, values in known.items()],
        "period": period_menu(question),
        "chips": chips,
        "address": question.address(),
        "box": box(question),
    }


@require_GET
@plainly
def result(request: HttpRequest) -> HttpResponseBase:
    """The sentence, the time line, the facets and the first posts."""
    question = queries.ask(request.user, request.GET)
    if question.problem:
        return problem(request, question.problem)
    return render(request, "listening/_result.html", {"question": question, **queries.overview(question)})


@require_GET
@plainly
def check(request: HttpRequest) -> HttpResponseBase:
    """What the box says while one types: the meaning, warnings and the count."""
    question = queries.ask(request.user, request.GET)
    return render(request, "listening/_check.html", {"question": question, "box": box(question, counted=True)})


@require_GET
@plainly
def more(request: HttpRequest) -> HttpResponseBase:
    """The next posts after a cursor."""
    question = queries.ask(request.user, request.GET)
    if question.problem:
        return problem(request, question.problem)
    listed = queries.page_of_posts(question, request.GET.get("after", ""))
    return render(request, "listening/_posts.html", {"question": question, "listed": listed})
