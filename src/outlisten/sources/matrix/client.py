"""Asking a homeserver by the client-server interface of Matrix.

Over our own Fetcher and not matrix-nio: that is asynchronous, opens its connections with aiohttp past the guard against private
addresses, the pace that all sources of a host share and the limits on an answer, and waits by itself when it is told to. What
it would bring, end-to-end encryption, needs a store of keys on this machine. https://spec.matrix.org/v1.15/client-server-api/
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from outlisten.sources.matrix.session import Session, words
from outlisten.sources.problems import AnswerRefused, Because, ShapeChanged, WrongOption

TIMELINE = 50  # events of a room in one sync; what is more is asked for page by page
PAGE = 100
MESSAGE, ENCRYPTED, REDACTION = "m.room.message", "m.room.encrypted", "m.room.redaction"
NAME, JOIN_RULES, ENCRYPTION, TOMBSTONE = (
    "m.room.name", "m.room.join_rules", "m.room.encryption", "m.room.tombstone",
)  # fmt: skip
MEMBER = "m.room.member"
TOLD = [MESSAGE, ENCRYPTED, REDACTION, NAME, JOIN_RULES, ENCRYPTION, TOMBSTONE]
# A process remembers nobody's name from the syncs before it, so that names come each time.
LAZILY = {"lazy_load_members": True, "include_redundant_members": True}
Event = Mapping[str, Any]


class PlaceUnknown(Exception):
    """The server does not know the place in its order of events from which it was asked to go on."""


@dataclass(frozen=True, slots=True)
class Back:
    """A page of a room's messages. `end` is where the next one starts, None after the last."""

    events: Sequence[Event]
    state: Sequence[Event]
    end: str | None


class MatrixClient:
    """Asks one homeserver as one account."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.host = session.host

    def whoami(self) -> str:
        """The account's id. Raises CredentialRefused, or another SourceProblem."""
        return self._text(self._session.good("GET", "/v3/account/whoami"), "user_id")

    def joined(self) -> list[str]:
        """The rooms that the account is in. Raises SourceProblem."""
        rooms = self._session.good("GET", "/v3/joined_rooms").get("joined_rooms")
        if not isinstance(rooms, list):
            raise ShapeChanged(host=self.host, reason="no list of records")
        return [str(room) for room in rooms]

    def room_named(self, alias: str) -> str:
        """The room of an alias (`#room:server`). Raises WrongOption where there is none."""
        answer = self._session.asked("GET", f"/v3/directory/room/{_quoted(alias)}")
        if answer.status in {400, 404}:
            raise WrongOption(option="rooms", reason=Because.of("there is no room {room}", room=alias))
        return self._text(self._session.read(answer), "room_id")

    def join(self, room: str) -> bool:
        """Join a room by its id or alias; whether the server let us. Raises SourceProblem."""
        return self._session.asked("POST", f"/v3/join/{_quoted(room)}", said={}).status < 400

    def sync(self, since: str, *, wait: float, rooms: Sequence[str]) -> dict[str, Any]:
        """What is new in all rooms, or in these, as soon as there is something or after `wait` seconds.

        Raises PlaceUnknown or SourceProblem.
        """
        asked = {"filter": _json(_sync_filter(rooms)), "timeout": int(wait * 1000), "set_presence": "offline"}
        answer = self._session.asked("GET", "/v3/sync", asked | ({"since": since} if since else {}))
        if since and answer.status == 400:
            raise PlaceUnknown
        return self._session.read(answer)

    def before(self, room: str, start: str, *, to: str = "") -> Back | None:
        """A page of a room's messages, newest first, from a place (empty: the newest of all) back to another; None where the
        account may not read the room any more. Raises SourceProblem."""
        places = {name: place for name, place in (("from", start), ("to", to)) if place}
        return self._messages(room, {"dir": "b", **places}, {"types": TOLD, **LAZILY})

    def after(self, room: str, start: str, *, by: str) -> Back | None:
        """A page of an account's messages in a room, oldest first, from a place on. Raises SourceProblem."""
        return self._messages(room, {"dir": "f", "from": start}, {"types": [MESSAGE], "senders": [by]})

    def event(self, room: str, event: str) -> Event | None:
        """An event as it stands, or None where there is none that we may read. Raises SourceProblem."""
        answer = self._session.asked("GET", f"/v3/rooms/{_quoted(room)}/event/{_quoted(event)}")
        return None if answer.status in {403, 404} else self._session.read(answer)

    def place_of(self, room: str, event: str) -> str | None:
        """The place just after an event. Raises SourceProblem."""
        path = f"/v3/rooms/{_quoted(room)}/context/{_quoted(event)}"
        answer = self._session.asked("GET", path, {"limit": 0})
        return None if answer.status in {403, 404} else self._text(self._session.read(answer), "end")

    def state(self, room: str, kind: str) -> Mapping[str, Any]:
        """A setting of a room; empty where it is not set. Raises SourceProblem."""
        answer = self._session.asked("GET", f"/v3/rooms/{_quoted(room)}/state/{kind}")
        return {} if answer.status in {403, 404} else self._session.read(answer)

    def send(self, room: str, content: Mapping[str, Any], transaction: str) -> str:
        """Write a message; the server takes one with the same transaction only once. Gives its id.

        Raises AnswerRefused when it surely does not stand, another SourceProblem when that is not known.
        """
        path = f"/v3/rooms/{_quoted(room)}/send/{MESSAGE}/{transaction}"
        answer = self._session.asked("PUT", path, said=content)
        if answer.status >= 400:
            raise AnswerRefused(host=self.host, reason=words(answer))
        return self._text(self._session.read(answer), "event_id")

    def _messages(self, room: str, places: Mapping[str, str], wanted: Mapping[str, Any]) -> Back | None:
        asked = {**places, "limit": PAGE, "filter": _json(wanted)}
        answer = self._session.asked("GET", f"/v3/rooms/{_quoted(room)}/messages", asked)
        if answer.status in {403, 404}:
            return None
        told = self._session.read(answer)
        end = told.get("end")
        ended = not end or end == places.get("from")
        return Back(
            events(told.get("chunk"), self.host), told.get("state") or [], None if ended else str(end)
        )

    def _text(self, told: Mapping[str, Any], name: str) -> str:
        if not isinstance(told.get(name), str):
            raise ShapeChanged(host=self.host, reason=Because.of("no {name}", name=name))
        return str(told[name])


def events(told: Any, host: str) -> list[Event]:
    """A list of events. Raises ShapeChanged."""
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise ShapeChanged(host=host, reason="no list of records")
    return told


def _sync_filter(rooms: Sequence[str]) -> dict[str, Any]:
    """Messages and what says how to read them; no presence, no receipts, nobody typing."""
    state = [MEMBER, NAME, JOIN_RULES, ENCRYPTION, TOMBSTONE]
    return {
        "presence": {"types": []},
        "account_data": {"types": []},
        "room": {
            "timeline": {"types": TOLD, "limit": TIMELINE, **LAZILY},
            "state": {"types": state, **LAZILY},
            "ephemeral": {"types": []},
            "account_data": {"types": []},
            **({"rooms": list(rooms)} if rooms else {}),
        },
    }


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _json(told: Mapping[str, Any]) -> str:
    return json.dumps(told, separators=(",", ":"))
