"""A server of the Fediverse that answers from memory, in Mastodon's documented shapes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import httpx2

from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Fetcher, Politeness
from outlisten.sources.mastodon.connector import Mastodon

HOST = "https://social.example"
ACCOUNT = {
    "id": "9",
    "username": "lin",
    "acct": "lin",
    "display_name": "林",
    "url": f"{HOST}/@lin",
    "uri": f"{HOST}/users/lin",
}
OWN = {"id": "7", "username": "acme", "acct": "acme", "display_name": "Acme", "url": f"{HOST}/@acme"}
PAGE = 40


def status(number: int, text: str = "水壶", **more: Any) -> dict[str, Any]:
    uri = f"{HOST}/users/lin/statuses/{number}"
    return {
        "id": str(number), "uri": uri, "url": uri, "visibility": "public", "content": f"<p>{text}</p>",
        "created_at": f"2026-11-{number % 27 + 1:02}T00:00:00.000Z", "account": ACCOUNT, "mentions": [], **more,
    }  # fmt: skip


@dataclass
class Server:
    """Timelines newest first, by path; `events` are the lines a stream sends. Every request is noted."""

    timelines: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    contexts: dict[str, dict[str, Any]] = field(default_factory=dict)
    refuse: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    events: dict[str, list[str]] = field(default_factory=dict)
    written: list[dict[str, list[str]]] = field(default_factory=list)
    asked: list[httpx2.Request] = field(default_factory=list)
    gives_many: bool = True  # whether it gives several statuses at once, as Mastodon does since 4.3
    obeys: bool = True  # whether it knows since_id and max_id

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        path, params = request.url.path, dict(request.url.params)
        if path in self.refuse:
            code, said = self.refuse[path]
            return httpx2.Response(code, json=said)
        if path.startswith("/api/v1/streaming/"):
            return self._stream(path)
        if path == "/api/v1/accounts/verify_credentials":
            return httpx2.Response(200, json=OWN)
        if request.method == "POST":
            return self._write(request)
        if path.endswith("/context"):
            found = self.contexts.get(path.split("/")[-2], {"ancestors": [], "descendants": []})
            return httpx2.Response(200, json=found)
        if path == "/api/v1/statuses" and self.gives_many:
            wanted = request.url.params.get_list("id[]")
            return httpx2.Response(200, json=[one for one in self._every() if one["id"] in wanted])
        if path.startswith("/api/v1/statuses/"):
            return self._one(path.rpartition("/")[2])
        if path == "/api/v2/search":
            return httpx2.Response(200, json={"statuses": self._page(f"search:{params['q']}", params)})
        if path not in self.timelines:
            return httpx2.Response(404, json={"error": "Record not found"})
        return httpx2.Response(200, json=self._page(path, params))

    def _page(self, path: str, params: dict[str, str]) -> list[dict[str, Any]]:
        found = self.timelines.get(path, [])
        if self.obeys:
            lower = int(params.get("since_id") or params.get("min_id") or 0)
            upper = int(params.get("max_id") or 10**20)
            found = [one for one in found if lower < int(one["id"]) < upper]
        return found[:PAGE]

    def _every(self) -> list[dict[str, Any]]:
        return [one for found in self.timelines.values() for one in found]

    def _one(self, number: str) -> httpx2.Response:
        found = next((one for one in self._every() if one["id"] == number), None)
        return (
            httpx2.Response(200, json=found)
            if found
            else httpx2.Response(404, json={"error": "Record not found"})
        )

    def _write(self, request: httpx2.Request) -> httpx2.Response:
        form = parse_qs(request.content.decode())
        self.written.append(form | {"key": [request.headers["Idempotency-Key"]]})
        made = status(
            900 + len(self.written), form["status"][0], account=OWN, in_reply_to_id=form["in_reply_to_id"][0]
        )
        return httpx2.Response(200, json=made)

    def _stream(self, path: str) -> httpx2.Response:
        if path not in self.events:
            return httpx2.Response(404)

        def lines() -> Iterator[bytes]:
            yield from (f"{line}\n".encode() for line in self.events[path])

        return httpx2.Response(200, content=lines())


def event(name: str, said: Any) -> list[str]:
    return [f"event: {name}", f"data: {said if isinstance(said, str) else json.dumps(said)}", ""]


def source(server: Server, token: str = "", **options: Any) -> Mastodon:
    fetcher = Fetcher(transport=httpx2.MockTransport(server), politeness=Politeness(0.0))
    secrets = {"token": token} if token else {}
    return Mastodon(Setting({"server": HOST, **options}, secrets, fetcher))
