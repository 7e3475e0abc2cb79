"""A service of the AT Protocol that answers from memory, in the shapes of its lexicons."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx2

from outlisten.sources.bluesky.connector import Bluesky
from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Fetcher, Politeness

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
LIN = {"did": "did:plc:lin", "handle": "lin.example", "displayName": "林小雨"}
ACME = {"did": "did:plc:acme", "handle": "acme.example", "displayName": "Acme"}
PAGE = 100


def uri(key: object, did: str = LIN["did"]) -> str:
    return f"at://{did}/app.bsky.feed.post/{key}"


def view(
    minute: int, text: str = "水壶漏水了", *, reply: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """A post written so many minutes after midnight of 30 November."""
    at = f"2026-11-30T{minute // 60:02}:{minute % 60:02}:00.000Z"
    record = {
        "$type": "app.bsky.feed.post",
        "text": text,
        "createdAt": at,
        **({"reply": reply} if reply else {}),
    }
    return {
        "uri": uri(minute),
        "cid": f"cid{minute}",
        "author": LIN,
        "indexedAt": at,
        "record": record,
        **more,
    }


def refers(found: dict[str, Any]) -> dict[str, str]:
    return {"uri": found["uri"], "cid": found["cid"]}


@dataclass
class Service:
    """Posts newest first, which a search finds by a part of their text; notifications; and our own records."""

    views: list[dict[str, Any]] = field(default_factory=list)
    notifications: list[dict[str, Any]] = field(default_factory=list)
    records: list[dict[str, Any]] = field(default_factory=list)
    refuse: dict[str, httpx2.Response] = field(default_factory=dict)
    tokens: int = 0  # how many sessions were given out; the last one's token is the good one
    signed_in: int = 0
    knows_bounds: bool = True
    deepest: int = 10_000  # how many results of a search can be paged through
    asked: list[httpx2.Request] = field(default_factory=list)

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        method = request.url.path.rpartition("/")[2]
        if method in self.refuse:
            return self.refuse[method]
        if method == "com.atproto.server.createSession":
            return self._sign_in(json.loads(request.content))
        if method == "com.atproto.server.refreshSession":
            return self._session() if self._allowed(request, "refresh") else _error(400, "ExpiredToken")
        if not self._allowed(request, "access"):
            return _error(400, "ExpiredToken")
        answer = getattr(self, method.rpartition(".")[2])
        return httpx2.Response(200, json=answer(request))

    def searchPosts(self, request: httpx2.Request) -> dict[str, Any]:
        asked = request.url.params
        found = [one for one in self.views if asked["q"] in one["record"]["text"]]
        if self.knows_bounds:
            found = [
                one for one in found if asked.get("since", "") <= one["indexedAt"] < asked.get("until", "9")
            ]
        return _page(found[: self.deepest], "posts", asked)

    def listNotifications(self, request: httpx2.Request) -> dict[str, Any]:
        return _page(self.notifications, "notifications", request.url.params)

    def getPosts(self, request: httpx2.Request) -> dict[str, Any]:
        wanted = request.url.params.get_list("uris")
        return {"posts": [one for one in self.views if one["uri"] in wanted]}

    def listRecords(self, request: httpx2.Request) -> dict[str, Any]:
        return {"records": self.records}

    def createRecord(self, request: httpx2.Request) -> dict[str, Any]:
        record = json.loads(request.content)["record"]
        self.records.insert(
            0, {"uri": uri(f"r{len(self.records)}", ACME["did"]), "cid": "c", "value": record}
        )
        return {"uri": self.records[0]["uri"], "cid": "c"}

    def _sign_in(self, said: dict[str, str]) -> httpx2.Response:
        if said != {"identifier": "acme.example", "password": "app-password"}:
            return _error(401, "AuthenticationRequired", "Invalid identifier or password")
        self.signed_in += 1
        return self._session()

    def _session(self) -> httpx2.Response:
        self.tokens += 1
        told = {"did": ACME["did"], "handle": ACME["handle"], "active": True}
        return httpx2.Response(
            200, json={**told, "accessJwt": f"access{self.tokens}", "refreshJwt": f"refresh{self.tokens}"}
        )

    def _allowed(self, request: httpx2.Request, token: str) -> bool:
        return request.headers.get("Authorization") == f"Bearer {token}{self.tokens}"


def _page(found: list[dict[str, Any]], name: str, asked: httpx2.QueryParams) -> dict[str, Any]:
    start = int(asked.get("cursor", "0"))
    further = {"cursor": str(start + PAGE)} if len(found) > start + PAGE else {}
    return {name: found[start : start + PAGE], **further}


def _error(status: int, name: str, message: str = "") -> httpx2.Response:
    return httpx2.Response(status, json={"error": name, "message": message})


def fetcher(service: Service) -> Fetcher:
    return Fetcher(transport=httpx2.MockTransport(service), politeness=Politeness(0.0))


def source(
    service: Service, way: Fetcher | None = None, password: str = "app-password", **options: Any
) -> Bluesky:
    entries = {"service": "https://pds.example", "handle": "@acme.example", **options}
    return Bluesky(Setting(entries, {"password": password}, way or fetcher(service), NOW))
