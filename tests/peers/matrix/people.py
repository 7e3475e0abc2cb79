"""People on a homeserver, who write, edit and take back as their own programs would."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx2


@dataclass
class Person:
    """An account with its access token."""

    server: str
    name: str
    token: str

    @property
    def account(self) -> str:
        return f"@{self.name}:localhost"

    def makes_room(self, *members: Person, **details: Any) -> str:
        """A room that everybody may join, with these members."""
        room = str(self.asks("POST", "/createRoom", {"preset": "public_chat", **details})["room_id"])
        for member in members:
            member.joins(room)
        return room

    def joins(self, room: str) -> None:
        self.asks("POST", f"/join/{quote(room, safe='')}", {})

    def writes(self, room: str, text: str, **content: Any) -> str:
        """A new message; gives the event's id."""
        said = {
            "msgtype": "m.text",
            "body": text,
            **{name.replace("__", "."): one for name, one in content.items()},
        }
        return self.sends(room, "m.room.message", said)

    def sends(self, room: str, kind: str, content: dict[str, Any]) -> str:
        path = f"/rooms/{quote(room, safe='')}/send/{kind}/{secrets.token_hex(8)}"
        return str(self.asks("PUT", path, content)["event_id"])

    def edits(self, room: str, event: str, text: str) -> str:
        relation = {"rel_type": "m.replace", "event_id": event}
        new = {"msgtype": "m.text", "body": text}
        return self.writes(room, f"* {text}", m__new_content=new, m__relates_to=relation)

    def takes_back(self, room: str, event: str) -> None:
        path = f"/rooms/{quote(room, safe='')}/redact/{quote(event, safe='')}/{secrets.token_hex(8)}"
        self.asks("PUT", path, {})

    def asks(self, method: str, path: str, said: Any = None) -> Any:
        return asked(self.server, method, path, said, self.token)


def asked(server: str, method: str, path: str, said: Any = None, token: str = "") -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    address = f"{server}/_matrix/client/v3{path}"
    answer = httpx2.request(method, address, headers=headers, json=said, trust_env=False, timeout=30)
    answer.raise_for_status()
    return answer.json()


def registered(server: str, name: str) -> Person:
    """A new account with a name that no other test uses, and `pw-` and that name as its password."""
    own = f"{name}-{secrets.token_hex(4)}"
    said = {"username": own, "password": f"pw-{own}", "auth": {"type": "m.login.dummy"}}
    return Person(server, own, asked(server, "POST", "/register", said)["access_token"])


def answers(event: str, **more: Any) -> dict[str, Any]:
    """What a message says that answers another."""
    return {"m__relates_to": {"m.in_reply_to": {"event_id": event}, **more}}
