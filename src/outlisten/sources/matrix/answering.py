"""Answering a message in its room and its thread, and finding the answer that already stands."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from outlisten.sources.connector import Sent
from outlisten.sources.matrix.client import ENCRYPTION, Event, MatrixClient
from outlisten.sources.matrix.heard import is_taken_back
from outlisten.sources.matrix.mapping import address, body, named
from outlisten.sources.matrix.records import answered, thread_of
from outlisten.sources.problems import AnswerRefused, NotThere

MOST_PAGES = 20  # of our own messages in a room, looked through for the answer


class Answering:
    """Writes and finds one account's answers."""

    def __init__(self, client: MatrixClient, account: str) -> None:
        self._client, self._account = client, account

    def send(self, to: str, text: str) -> Sent:
        """Answer a message. Raises AnswerRefused, NotThere, or another SourceProblem."""
        if not text.strip():
            raise AnswerRefused(host=self._client.host, reason="it has no words")
        room, event = self._located(to)
        if self._client.state(room, ENCRYPTION):
            raise AnswerRefused(host=self._client.host, reason="the room is end-to-end encrypted")
        return self._sent(room, self._client.send(room, content(event, text), transaction(to, text)))

    def standing(self, to: str, text: str) -> Sent | None:
        """Our own answer with these words, among all that we wrote in the room after the message. Raises SourceProblem."""
        room, event = self._located(to)
        place, pages = self._client.place_of(room, str(event["event_id"])), 0
        while place and pages < MOST_PAGES:
            page = self._client.after(room, place, by=self._account)
            for one in page.events if page else ():
                if _says(one, str(event["event_id"]), text):
                    return self._sent(room, str(one["event_id"]))
            place, pages = page.end if page else None, pages + 1
        return None

    def _located(self, to: str) -> tuple[str, Event]:
        """The room and the message of a native id. Raises NotThere."""
        room, _, name = to.partition("/")
        event = self._client.event(room, name) if name else None
        if event is None or is_taken_back(event):
            raise NotThere(address=to, status=404)
        return room, event

    def _sent(self, room: str, event: str) -> Sent:
        return Sent(named(room, event), address(room, event, self._account))


def content(event: Event, text: str) -> Mapping[str, Any]:
    """What is sent: an answer that mentions the author, in the thread where there is one."""
    relation: dict[str, Any] = {"m.in_reply_to": {"event_id": event["event_id"]}}
    if thread := thread_of(event):
        relation |= {"rel_type": "m.thread", "event_id": thread, "is_falling_back": False}
    return {
        "msgtype": "m.text", "body": text, "m.relates_to": relation, "m.mentions": {"user_ids": [event["sender"]]},
    }  # fmt: skip


def transaction(to: str, text: str) -> str:
    """The same for the same answer, so that a server takes it once though it is sent twice."""
    return blake2b(f"{to}\0{text}".encode(), digest_size=16).hexdigest()


def _says(event: Event, to: str, text: str) -> bool:
    is_answer = not is_taken_back(event) and answered(event) == to
    return is_answer and body(event["content"], is_answer=True) == text.strip()
