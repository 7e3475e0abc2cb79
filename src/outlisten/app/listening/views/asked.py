"""The question of a request, from its address or, where the query is long, from what was posted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect, QueryDict

from outlisten.app.listening.long_queries import abridged, remember, too_long_for_an_address
from outlisten.app.listening.queries.listen import ask
from outlisten.app.listening.queries.query_box import box
from outlisten.app.listening.questions import Question

COUNTED_AT_ONCE = 1_000  # characters


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


def said_of(request: HttpRequest, question: Question) -> dict[str, object]:
    """What the box says while one types. Of a long query the meaning comes at once, and the count when it is asked for
    (`counted`): it may take seconds."""
    later = len(question.text) > COUNTED_AT_ONCE and "counted" not in given(request)
    said = box(question, counted=not later)
    return {"question": question, "box": said, "count_later": later and said.valid}


def belongs_elsewhere(request: HttpRequest, question: Question) -> bool:
    """Whether the page has a short address of its own and was asked for in another way."""
    sent = request.method == "POST" or too_long_for_an_address(given(request).get("q", ""))
    return sent and not too_long_for_an_address(abridged(question.text))
