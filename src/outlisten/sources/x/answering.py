"""Answering a post, and finding the answer that already stands.

https://docs.x.com/x-api/posts/manage-tweets/integrate
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from outlisten.posts.files.presets.x_posts import address, plain_text
from outlisten.sources.connector import Sent
from outlisten.sources.fetching import Answer
from outlisten.sources.problems import AnswerRefused, Because, NotAllowed, QueryRefused, ShapeChanged
from outlisten.sources.x.client import XClient
from outlisten.sources.x.records import Tweet, referred
from outlisten.sources.x.refusals import JUDGED, kind, problem_of, problem_told, words

LEADING_MENTIONS = re.compile(r"^(?:@\w+\s+)+")
MOST_PAGES = 8  # of a hundred posts each: more than we wrote since a post that is being answered


def sent(client: XClient, to: str, text: str) -> Sent:
    """The answer that was written. Raises AnswerRefused when it surely does not stand, another SourceProblem when that is not
    known or the account is not let at all."""
    answer = client.write({"text": text, "reply": {"in_reply_to_tweet_id": to}})
    if answer.status in JUDGED:
        raise _refusal(answer)
    told = answer.json()
    data = told.get("data") if isinstance(told, dict) else None
    if not isinstance(data, dict) or not data.get("id"):
        raise ShapeChanged(host=answer.host, reason="no object")
    return _sent(data)


def standing(client: XClient, to: str, text: str) -> Sent | None:
    """Our own answer to a post with these words."""
    account = str(client.own_account()["id"])
    for tweet in _written(client, account, to):
        if to in referred(tweet, "replied_to") and _said(_whole(tweet)) == _said(text):
            return _sent(tweet)
    return None


def _written(client: XClient, account: str, since_id: str) -> Iterator[Tweet]:
    further = ""
    for _ in range(MOST_PAGES):
        told = client.written(account, since_id, further)
        yield from (one for one in told.get("data") or [] if isinstance(one, dict))
        further = str((told.get("meta") or {}).get("next_token") or "")
        if not further:
            return


def _refusal(answer: Answer) -> Exception:
    """X refuses an answer that its author did not ask for with the same status as an app that may not write."""
    told, problem = problem_told(answer), problem_of(answer)
    closed = isinstance(problem, NotAllowed) and kind(told) not in {"client-forbidden", "oauth1-permissions"}
    if closed or isinstance(problem, QueryRefused):
        return AnswerRefused(
            host=answer.host, reason=words(told) or Because.of("status {status}", status=answer.status)
        )
    return problem


def _sent(tweet: Mapping[str, Any]) -> Sent:
    return Sent(str(tweet["id"]), str(address(None, tweet["id"])))


def _whole(tweet: Tweet) -> str:
    """What we wrote: X shortens links and counts them out in the entities."""
    note = tweet.get("note_tweet") or {}
    text = str(note.get("text") or tweet.get("text") or "")
    entities = note.get("entities") or tweet.get("entities") or {}
    for one in entities.get("urls") or []:
        text = text.replace(str(one.get("url")), str(one.get("expanded_url") or one.get("url")))
    return str(plain_text(text))


def _said(text: str) -> str:
    """Words alone: X puts the names of those answered before them."""
    return (
        " ".join(LEADING_MENTIONS.sub("", text.strip() + " ").split())
        .replace("https://", "")
        .replace("http://", "")
    )
