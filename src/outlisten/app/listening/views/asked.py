"""The question of a request, from its address or, where the query is long, from what was posted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect, QueryDict

from outlisten.app.listening.long_queries import abridged, remember, too_long_for_an_address
from outlisten.app.listening.queries.listen import ask
from outlisten.app.listening.questions import Question


class SeeOther(HttpResponseRedirect):
    """To be fetched with GET, whatever was sent."""

    status_code = 303


def given(request: HttpRequest) -> QueryDict:
    """What was asked: pages send a long query by POST."""
    return request.POST if request.method == "POST" else request.GET


def asked(request: HttpRequest) -> Question:
    """The question, its query kept where everything on the page will name it. Raises Refused."""
    question = ask(request.user, given(request))
    remember(question.text)
    return question


def belongs_elsewhere(request: HttpRequest, question: Question) -> bool:
    """Whether the page has a short address of its own and was asked for in another way."""
    sent = request.method == "POST" or too_long_for_an_address(given(request).get("q", ""))
    return sent and not too_long_for_an_address(abridged(question.text))
