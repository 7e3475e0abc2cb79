"""A homeserver that answers from memory, in the shapes that the client-server interface documents."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import httpx2

from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Fetcher, Politeness
from outlisten.sources.matrix.connector import Matrix

HOST = "https://matrix.example"
OWN, LIN = "@acme-care:matrix.example", "@lin:matrix.example"
ROOM, OTHER = "!one:matrix.example", "!two:matrix.example"
SPENT = {"errcode": "M_UNKNOWN_TOKEN", "error": "Unrecognised access token."}
Event = dict[str, Any]


def message(number: int, text: str = "水壶", *, by: str = LIN, **content: Any) -> Event:
    """The message of that number; so it is placed, named and timed."""
    said = {
        "msgtype": "m.text",
        "body": text,
        **{name.replace("__", "."): one for name, one in content.items()},
    }
    return {
        "type": "m.room.message", "event_id": f"${number}", "sender": by, "content": said,
        "origin_server_ts": 1_796_000_000_000 + number * 1000,
    }  # fmt: skip


def edit(number: int, of: int, text: str, *, by: str = LIN) -> Event:
    return message(
        number, f"* {text}", by=by, m__new_content={"msgtype": "m.text", "body": text},
        m__relates_to={"rel_type": "m.replace", "event_id": f"${of}"},
    )  # fmt: skip


def redaction(number: int, of: int, *, is_old: bool = False) -> Event:
    where = {"redacts": f"${of}", "content": {}} if is_old else {"content": {"redacts": f"${of}"}}
    return message(number) | {"type": "m.room.redaction", **where}


def setting(kind: str, content: Any, *, key: str = "") -> Event:
    return {"type": kind, "state_key": key, "sender": LIN, "event_id": f"${kind}{key}", "content": content}


@dataclass
class Server:
    """Rooms with their events, oldest first; a place is a number of events in all. Every request is noted."""

    rooms: dict[str, list[Event]] = field(default_factory=lambda: {ROOM: []})
    state: dict[str, list[Event]] = field(default_factory=dict)
    invited: dict[str, list[Event]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)  # rooms that the account was removed from
    refuse: dict[str, tuple[int, Any]] = field(default_factory=dict)  # by the end of the path
    tokens: set[str] = field(default_factory=lambda: {"token"})
    sent: dict[str, str] = field(default_factory=dict)
    signed_in: int = 0
    password: str = "right"
    limit: int = 3  # events of a room in one sync, whatever is asked for; pages of two
    asked: list[httpx2.Request] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None  # happens before each sync

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        path = unquote(request.url.path).removeprefix("/_matrix/client/v3")
        for end, (status, said) in self.refuse.items():
            if path.endswith(end):
                return httpx2.Response(status, json=said)
        if path == "/login":
            return self._login(json.loads(request.content))
        if path.startswith("/.well-known"):
            return httpx2.Response(404, json={"errcode": "M_NOT_FOUND"})
        if request.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return httpx2.Response(401, json=SPENT)
        return self._answer(request, path.split("/")[1:], dict(request.url.params))

    def says(self, room: str, *events: Event) -> None:
        self.rooms.setdefault(room, []).extend(events)

    def paths(self) -> list[str]:
        return [unquote(one.url.path).removeprefix("/_matrix/client/v3") for one in self.asked]

    def _answer(self, request: httpx2.Request, path: list[str], asked: dict[str, str]) -> httpx2.Response:
        match path:
            case ["account", "whoami"]:
                return httpx2.Response(200, json={"user_id": OWN})
            case ["joined_rooms"]:
                return httpx2.Response(200, json={"joined_rooms": list(self.rooms)})
            case ["sync"]:
                return self._sync(asked)
            case ["join", room]:
                self.says(room, *self.invited.pop(room, []))
                return httpx2.Response(200, json={"room_id": room})
            case ["rooms", room, "messages"]:
                return self._messages(room, asked)
            case ["rooms", room, "event", name]:
                found = next((one for one in self.rooms[room] if one["event_id"] == name), None)
                return httpx2.Response(200, json=found) if found else httpx2.Response(404, json={})
            case ["rooms", room, "context", name]:
                at = [one["event_id"] for one in self.rooms[room]].index(name)
                return httpx2.Response(200, json={"start": "", "end": f"{at + 1}"})
            case ["rooms", room, "state", kind]:
                found = next((one for one in self.state.get(room, []) if one["type"] == kind), None)
                return httpx2.Response(200, json=found["content"]) if found else httpx2.Response(404, json={})
            case ["rooms", room, "send", _kind, transaction]:
                return self._send(room, transaction, json.loads(request.content))
        return httpx2.Response(404, json={"errcode": "M_UNRECOGNIZED"})

    def _login(self, said: dict[str, Any]) -> httpx2.Response:
        if said["password"] != self.password:
            return httpx2.Response(403, json={"errcode": "M_FORBIDDEN", "error": "Invalid password"})
        self.signed_in += 1
        self.tokens = {f"token-{self.signed_in}"}
        return httpx2.Response(200, json={"access_token": f"token-{self.signed_in}", "user_id": OWN})

    def _sync(self, asked: dict[str, str]) -> httpx2.Response:
        self.meanwhile()
        if asked.get("since", "").strip("0123456789,"):
            return httpx2.Response(400, json={"errcode": "M_UNKNOWN", "error": "Invalid stream token"})
        wanted = json.loads(asked["filter"])["room"].get("rooms") or list(self.rooms)
        known = dict(zip(self.rooms, asked.get("since", "").split(","), strict=False))
        found = {room: self._timeline(room, known.get(room), "since" in asked) for room in wanted}
        kinds = {"join": {}, "leave": {}, "invite": {}}  # type: dict[str, dict[str, Any]]
        for room, one in found.items():
            if one:
                kinds["leave" if room in self.closed else "join"][room] = one
        if "since" not in asked or self.invited:
            kinds["invite"] = {room: {"invite_state": {"events": []}} for room in self.invited}
        place = ",".join(str(len(events)) for events in self.rooms.values())
        return httpx2.Response(200, json={"next_batch": place, "rooms": kinds})

    def _timeline(self, room: str, since: str | None, is_later: bool) -> dict[str, Any]:
        events, start = self.rooms[room], int(since or 0)
        first = max(start, len(events) - self.limit)
        told = {"events": events[first:], "limited": first > start, "prev_batch": str(first)}
        state = [] if is_later and since is not None else self.state.get(room, [])
        people = [setting("m.room.member", {"displayname": "林", "membership": "join"}, key=LIN)]
        return {"timeline": told, "state": {"events": [*state, *people]}} if events[first:] or state else {}

    def _messages(self, room: str, asked: dict[str, str]) -> httpx2.Response:
        if room in self.closed:
            return httpx2.Response(403, json={"errcode": "M_FORBIDDEN", "error": "not in room"})
        events, wanted = self.rooms[room], json.loads(asked["filter"])
        if asked["dir"] == "f":
            start, end = int(asked["from"]), int(asked["from"]) + 2
            chunk, more = events[start:end], end < len(events)
        else:
            upper, lower = int(asked.get("from", len(events))), int(asked.get("to", "0").split(",")[0])
            end = max(upper - 2, lower)
            chunk, more = events[end:upper][::-1], end > lower
        chunk = [one for one in chunk if one["sender"] in wanted.get("senders", [one["sender"]])]
        told = {"chunk": chunk, "start": asked.get("from", ""), **({"end": str(end)} if more else {})}
        return httpx2.Response(200, json=told)

    def _send(self, room: str, transaction: str, content: dict[str, Any]) -> httpx2.Response:
        if transaction not in self.sent:
            self.sent[transaction] = f"${900 + len(self.sent)}"
            self.says(room, message(900 + len(self.sent) - 1, by=OWN) | {"content": content})
        return httpx2.Response(200, json={"event_id": self.sent[transaction]})


def source(server: Server, secret: str = "token", fetcher: Fetcher | None = None, **options: Any) -> Matrix:
    fetcher = fetcher or a_fetcher(server)
    return Matrix(Setting({"server": HOST, **options}, {"secret": secret}, fetcher))


def a_fetcher(server: Server) -> Fetcher:
    return Fetcher(transport=httpx2.MockTransport(server), politeness=Politeness(0.0))
