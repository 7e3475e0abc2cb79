"""Messages as records: with their room, their author's name, what they belong to, and as they stand after edits."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from outlisten.sources.connector import Record
from outlisten.sources.matrix.client import Event, MatrixClient
from outlisten.sources.matrix.heard import Heard, edit_of, edited, is_taken_back, related

REMEMBERED = 20_000  # events; about 4 MB
MOST_ASKED = 20  # messages of a page's conversations that passed by unseen, each asked for alone


class Records:
    """Makes records of what one account hears, and remembers which message began which conversation."""

    def __init__(self, client: MatrixClient) -> None:
        self._client = client
        self._first: OrderedDict[str, str] = OrderedDict()

    def of(
        self, room: str, found: Heard, *, account: str, is_public: bool, newest_first: bool
    ) -> list[Record]:
        """The records of a room's messages. What was edited comes once, as it stands now, under its first id."""
        messages = [one for one in found.messages if edited(one) is None]
        whole = {str(one.get("event_id")): one for one in messages}
        edits = {str(edited(one)): one for one in _by_time(found.messages) if edited(one)}
        originals = [one for name in edits if name not in whole and (one := self._original(room, name))]
        everything = [*originals, *messages]
        oldest_first = [*originals, *(reversed(messages) if newest_first else messages)]
        self._follow(room, originals if newest_first else oldest_first)
        self._note(oldest_first)
        return [
            self._one(
                room, one, edits.get(str(one.get("event_id"))), found.people, account, is_public=is_public
            )
            for one in everything
        ]

    def _original(self, room: str, name: str) -> Event | None:
        """The message that was edited; None where it was taken back, or is hidden from us."""
        event = self._client.event(room, name)
        return None if event is None or is_taken_back(event) else event

    def _one(
        self, room: str, event: Event, edit: Event | None, people: Mapping[str, str], account: str, *, is_public: bool
    ) -> Record:  # fmt: skip
        # The server's own word on the newest edit goes before what just passed by.
        late = edit if edit and not edit_of(event) else None
        first = self._first.get(str(event.get("event_id"))) if answered(event) else None
        known = {"name": people.get(str(event.get("sender"))), "edit": late, "first": first}
        told = {name: value for name, value in known.items() if value}
        return {"room": room, "account": account, "public": is_public, **told, "event": event}

    def _follow(self, room: str, events: Sequence[Event]) -> None:
        """Ask for what messages answer that did not pass by, back to where their conversations began.

        Not for older messages, whose parents come with the next pages and would be a question each.
        """
        here, asked = {str(one.get("event_id")): one for one in events}, 0
        for event in events:
            chain = [event]
            while asked < MOST_ASKED and (parent := self._unknown(chain[-1])) and parent not in here:
                before, asked = self._client.event(room, parent), asked + 1
                if before is None:
                    break
                chain.append(before)
            self._note(reversed(chain[1:]))

    def _unknown(self, event: Event) -> str | None:
        """The message before this one in its conversation, where that is not known yet."""
        parent = answered(event)
        return parent if parent and not thread_of(event) and parent not in self._first else None

    def _note(self, oldest_first: Iterable[Event]) -> None:
        """Remember where the conversation of each message began: an answer names only the message before it."""
        for event in oldest_first:
            parent, name = answered(event), str(event.get("event_id"))
            if root := thread_of(event) or (self._first.get(parent) if parent else name):
                self._first[name] = root
        while len(self._first) > REMEMBERED:
            self._first.popitem(last=False)


def answered(event: Event) -> str | None:
    """The message that a message answers. In a thread, what only looks like an answer to older programs is none."""
    relation = related(event)
    parent = relation.get("m.in_reply_to")
    if not isinstance(parent, Mapping) or not isinstance(parent.get("event_id"), str):
        return thread_of(event)
    if thread_of(event) and relation.get("is_falling_back"):
        return thread_of(event)
    return str(parent["event_id"])


def thread_of(event: Event) -> str | None:
    """The message that began the thread a message was written in."""
    relation = related(event)
    is_thread = relation.get("rel_type") == "m.thread" and isinstance(relation.get("event_id"), str)
    return str(relation["event_id"]) if is_thread else None


def _by_time(events: Sequence[Event]) -> list[Event]:
    def written(event: Event) -> tuple[Any, str]:
        """Of two edits the later one counts; of the same moment the one with the greater id (Matrix 1.4)."""
        return event.get("origin_server_ts") or 0, str(event.get("event_id"))

    return sorted(events, key=written)
