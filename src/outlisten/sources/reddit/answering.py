"""Answering a post or a comment, and finding the answer that already stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from outlisten.sources.connector import Sent
from outlisten.sources.fetching import Answer
from outlisten.sources.fetching.answers import checked
from outlisten.sources.problems import AnswerRefused, NotAllowed, ShapeChanged, SourceProblem, Throttled
from outlisten.sources.reddit.mapping import SITE
from outlisten.sources.reddit.things import HOST, Thing

LOCKED = "the thread is closed, or the account may not write there"


def sent(answer: Answer) -> Sent:
    """The comment that now stands.

    Raises AnswerRefused or Throttled when it surely does not, ShapeChanged when that is not known (Reddit says nothing of a
    comment in a quarantined subreddit).
    """
    if answer.status == 403:
        raise _forbidden(answer)
    if answer.status == 400:
        raise AnswerRefused(host=HOST, reason=f"status {answer.status}")
    told = checked(answer, datetime.now(UTC)).json()
    said = told.get("json") if isinstance(told, dict) else None
    if not isinstance(said, dict):
        raise ShapeChanged(host=HOST, reason="no status")
    if said.get("errors"):
        raise _refusal(said)
    things = (said.get("data") or {}).get("things") or []
    if not things or not things[0].get("data", {}).get("name"):
        raise ShapeChanged(host=HOST, reason="no status")
    return _stands(things[0])


def standing(comments: Iterable[Thing], to: str, text: str) -> Sent | None:
    """Our answer to a post with these words among our comments."""
    for one in comments:
        data = one["data"]
        if data.get("parent_id") == to and str(data.get("body")).split() == text.split():
            return _stands(one)
    return None


def _stands(thing: Thing) -> Sent:
    data = thing["data"]
    return Sent(str(data["name"]), f"{SITE}{data['permalink']}" if data.get("permalink") else "")


def _forbidden(answer: Answer) -> SourceProblem:
    if "insufficient_scope" in answer.headers.get("www-authenticate", ""):
        return NotAllowed(host=HOST, status=answer.status)
    return AnswerRefused(host=HOST, reason=LOCKED)


def _refusal(said: Mapping[str, Any]) -> SourceProblem:
    """Errors come as [name, sentence, field]."""
    name, sentence = (str(one) for one in [*said["errors"][0], "", ""][:2])
    if name == "RATELIMIT":
        return Throttled(host=HOST, status=200, wait=float(said.get("ratelimit") or 600))
    return AnswerRefused(host=HOST, reason=" ".join((sentence or name).split())[:200])
