"""Answering a comment, and finding the answer that already stands. YouTube has one level of replies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from outlisten.sources.connector import Sent
from outlisten.sources.problems import AnswerRefused, NotThere
from outlisten.sources.youtube.client import Resource, YouTubeClient
from outlisten.sources.youtube.mapping import ON_CHANNEL, address, native_id
from outlisten.sources.youtube.refusals import HOST


@dataclass(frozen=True, slots=True)
class Answered:
    """The comment to answer: the one at the top of its thread, and the handle of who is answered further down."""

    top: str
    video: str | None
    handle: str = ""


def located(client: YouTubeClient, to: str) -> Answered:
    """The comment with this id of ours. Raises NotThere, or AnswerRefused for a video."""
    video, slash, comment = to.partition("/")
    if not slash:
        raise AnswerRefused(host=HOST, reason="a video is not answered, a comment on it is")
    found, _refused = client.comments([comment])
    if comment not in found:
        raise NotThere(address=f"https://{HOST}/{to}", status=404)
    told = found[comment]["snippet"]
    name = str(told.get("authorDisplayName") or "")
    parent = told.get("parentId")
    handle = name if parent and name.startswith("@") else ""
    return Answered(str(parent or comment), None if video == ON_CHANNEL else video, handle)


def worded(answered: Answered, text: str) -> str:
    """The words to send: who is answered further down in a thread is named, else they are told nothing of it."""
    if not answered.handle or text.startswith(answered.handle):
        return text
    return f"{answered.handle} {text}"


def standing(client: YouTubeClient, answered: Answered, text: str) -> Sent | None:
    """Our own reply with these words in a thread."""
    own = client.own_channel().get("id")
    for one in client.replies(answered.top, as_us=True):
        told = one["snippet"]
        ours = (told.get("authorChannelId") or {}).get("value") == own
        if ours and _said(told.get("textOriginal") or told.get("textDisplay")) == _said(
            worded(answered, text)
        ):
            return sent(one, answered)
    return None


def sent(comment: Resource, answered: Answered) -> Sent:
    """A reply that stands."""
    name = str(comment["id"])
    channel = (comment.get("snippet") or {}).get("channelId")
    return Sent(native_id(name, answered.video), address(name, answered.video, channel) or "")


def _said(text: Any) -> list[str]:
    return str(text or "").split()
