"""People on an AT Protocol network, who write and delete through its interface as their own apps would."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx2

PASSWORD = "pw-long-enough"


@dataclass(frozen=True)
class Person:
    """An account with its access token and an app password."""

    service: str
    handle: str
    did: str
    token: str
    app_password: str

    def writes(self, text: str, *, reply: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """A new post; its uri and cid."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        record = {
            "$type": "app.bsky.feed.post",
            "text": text,
            "createdAt": now,
            **more,
            **({"reply": reply} if reply else {}),
        }
        return self._says(
            "com.atproto.repo.createRecord",
            {"repo": self.did, "collection": record["$type"], "record": record},
        )

    def deletes(self, uri: str) -> None:
        key = uri.rpartition("/")[2]
        self._says(
            "com.atproto.repo.deleteRecord",
            {"repo": self.did, "collection": "app.bsky.feed.post", "rkey": key},
        )

    def leaves(self) -> None:
        """The account is closed for now."""
        self._says("com.atproto.server.deactivateAccount", {})

    def sees(self, method: str, **asked: str) -> Any:
        return asked_for(self.service, method, asked, self.token)

    def _says(self, method: str, said: Mapping[str, Any]) -> Any:
        return said_to(self.service, method, said, self.token)


def a_person(service: str, name: str) -> Person:
    """A new account, with an app password."""
    handle = f"{name}-{secrets.token_hex(4)}.test"
    made = said_to(
        service, "com.atproto.server.createAccount",
        {"email": f"{handle}@example.test", "handle": handle, "password": PASSWORD},
    )  # fmt: skip
    word = said_to(service, "com.atproto.server.createAppPassword", {"name": "outlisten"}, made["accessJwt"])
    return Person(service, handle, made["did"], made["accessJwt"], word["password"])


def reply_to(parent: Mapping[str, Any], root: Mapping[str, Any] | None = None) -> dict[str, Any]:
    def ref(post: Mapping[str, Any]) -> dict[str, Any]:
        return {"uri": post["uri"], "cid": post["cid"]}

    return {"parent": ref(parent), "root": ref(root or parent)}


def said_to(service: str, method: str, said: Mapping[str, Any], token: str = "") -> Any:
    return _read(
        httpx2.post(
            f"{service}/xrpc/{method}", json=said, headers=_headers(token), trust_env=False, timeout=60
        )
    )


def asked_for(service: str, method: str, asked: Mapping[str, str], token: str = "") -> Any:
    return _read(
        httpx2.get(
            f"{service}/xrpc/{method}", params=asked, headers=_headers(token), trust_env=False, timeout=60
        )
    )


def _headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def _read(answer: httpx2.Response) -> Any:
    assert answer.status_code == 200, answer.text
    return answer.json() if answer.content else {}
