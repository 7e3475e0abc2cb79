"""Answering a post in two steps, a container and its publication, and finding the answer that already stands.

https://developers.facebook.com/documentation/threads/retrieve-and-manage-replies/create-replies
"""

from __future__ import annotations

from typing import Any

from outlisten.sources.connector import Sent
from outlisten.sources.fetching import Answer
from outlisten.sources.problems import (
    AnswerRefused,
    Because,
    CredentialRefused,
    NotAllowed,
    QuotaUsedUp,
    ShapeChanged,
    Throttled,
    Unavailable,
)
from outlisten.sources.threads.client import HOST, Media, ThreadsClient
from outlisten.sources.threads.refusals import error_of, problem_of, words

PAUSE, TRIES = 5.0, 6  # seconds between looks at a container: half a minute is what Threads says it takes
MOST_PAGES = 5  # of our answers, a hundred each
OUT_OF_OUR_HANDS = (CredentialRefused, NotAllowed, QuotaUsedUp, Throttled, Unavailable)


def sent(client: ThreadsClient, to: str, text: str) -> Sent:
    """The answer that was published. Raises AnswerRefused when it surely does not stand, another SourceProblem when that is not
    known or not for its words."""
    form = {"media_type": "TEXT", "text": text, "reply_to_id": to}
    container = _made(client.answered("POST", "me/threads", data=form))
    _await_ready(client, container)
    published = client.answered("POST", "me/threads_publish", data={"creation_id": container})
    if problem := problem_of(published):
        # An error may be answered though it was published all the same.
        if _status(client, container).get("status") == "PUBLISHED" and (found := standing(client, to, text)):
            return found
        raise problem
    return _sent(client, _made(published))


def standing(client: ThreadsClient, to: str, text: str) -> Sent | None:
    """Our own answer to a post with these words, among the last ones we gave."""
    further = ""
    for _ in range(MOST_PAGES):
        place = {"after": further} if further else {}
        found, further = client.listed("me/replies", fields="id,text,permalink,replied_to", **place)
        for one in found:
            if _answers(one, to) and _said(one.get("text")) == _said(text):
                return Sent(str(one["id"]), str(one.get("permalink") or ""))
        if not further:
            return None
    return None


def _await_ready(client: ThreadsClient, container: str) -> None:
    """Waits until a container can be published. Raises AnswerRefused, or Unavailable when that takes too long."""
    for _ in range(TRIES):
        told = _status(client, container)
        match told.get("status"):
            case "FINISHED" | "PUBLISHED":
                return
            case "ERROR" | "EXPIRED":
                raise AnswerRefused(host=HOST, reason=str(told.get("error_message") or told["status"]))
        client.rest(PAUSE)
    raise Unavailable(host=HOST, status="the answer is still being prepared")


def _status(client: ThreadsClient, container: str) -> dict[str, Any]:
    return client.get(container, fields="status,error_message")


def _made(answer: Answer) -> str:
    """The id of what was made; what the words are refused for is told as such."""
    problem = problem_of(answer)
    if isinstance(problem, OUT_OF_OUR_HANDS):
        raise problem
    if problem:
        said = words(error_of(answer)) or Because.of("status {status}", status=answer.status)
        raise AnswerRefused(host=HOST, reason=said)
    told = answer.json()
    if not isinstance(told, dict) or not told.get("id"):
        raise ShapeChanged(host=HOST, reason="no object")
    return str(told["id"])


def _sent(client: ThreadsClient, native_id: str) -> Sent:
    """The answer with its address, which Threads gives only when it is asked for."""
    answer = client.answered("GET", native_id, params={"fields": "permalink"})
    told = answer.json() if problem_of(answer) is None else {}
    return Sent(native_id, str(told.get("permalink") or ""))


def _answers(one: Media, to: str) -> bool:
    replied: Any = one.get("replied_to")
    return isinstance(replied, dict) and str(replied.get("id")) == to


def _said(text: Any) -> str:
    return " ".join(str(text or "").split())
