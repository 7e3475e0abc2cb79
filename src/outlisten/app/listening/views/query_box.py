"""What Listen says of a query: while it is typed, what may follow, and what each part of it does."""

from __future__ import annotations

from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from outlisten.app.listening.queries.completing import completing
from outlisten.app.listening.queries.listen import ask
from outlisten.app.listening.queries.query_parts import parts_done, posts_of_part
from outlisten.app.listening.views.asked import asked, given, said_of
from outlisten.app.listening.views.refusals import plainly, problem


@require_http_methods(["GET", "POST"])
@plainly
def check(request: HttpRequest) -> HttpResponseBase:
    """What the box says while one types: the meaning, warnings and the count. Nothing is kept of it."""
    question = ask(request.user, given(request))
    return render(request, "listening/_check.html", said_of(request, question))


@require_GET
@plainly
def completions(request: HttpRequest) -> HttpResponseBase:
    """What may follow `before`; each takes the place of the last `back` code points of it."""
    before = request.GET.get("before", "")
    options = [
        {"text": one.text, "back": one.at[1] - one.at[0], "hint": one.hint}
        for one in completing(request.user, before)
    ]
    return JsonResponse({"label": _("What may stand here"), "options": options})


@require_GET
@plainly
def parts(request: HttpRequest) -> HttpResponseBase:
    """What each part of the query does."""
    question = asked(request)
    if question.problem:
        return problem(request, question.problem)
    after = request.GET.get("after", "")
    done = parts_done(question, int(after[:6]) if after.isascii() and after.isdigit() else 0)
    address = "" if done.next is None else question.address(after=str(done.next))
    return render(request, "listening/_parts.html", {"done": done, "next_address": address})


@require_GET
@plainly
def part(request: HttpRequest) -> HttpResponseBase:
    """To the posts of one part of a long query, by its place among the parts."""
    question = asked(request)
    place = request.GET.get("part", "")
    if question.problem:
        return problem(request, question.problem)
    if not (place.isascii() and place.isdigit()):
        raise Http404
    try:
        return redirect(posts_of_part(question, int(place[:6])))
    except (IndexError, ValueError):
        raise Http404 from None
