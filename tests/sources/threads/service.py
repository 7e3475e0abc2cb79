"""The Threads API, answering from memory in the shapes that it documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import httpx2

from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Fetcher, Politeness
from outlisten.sources.options import entered
from outlisten.sources.threads.connector import Threads

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
MIDNIGHT = int(datetime(2026, 11, 30, tzinfo=UTC).timestamp())


def media(
    second: int, text: str = "水壶漏水了", username: str = "lin.example", **more: Any
) -> dict[str, Any]:
    """A post written so many seconds after midnight of 30 November."""
    at = datetime.fromtimestamp(MIDNIGHT + second, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
    return {
        "id": f"m{second}{username[0]}", "media_type": "TEXT_POST", "username": username, "text": text, "timestamp": at,
        "permalink": f"https://www.threads.net/@{username}/post/{second}", "is_reply": False, **more,
    }  # fmt: skip


def reply(
    second: int, to: str, root: str, text: str = "我的也漏", username: str = "lin.example"
) -> dict[str, Any]:
    return media(second, text, username, is_reply=True, replied_to={"id": to}, root_post={"id": root})


def error(code: int, message: str = "", **more: Any) -> dict[str, Any]:
    return {"error": {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "A", **more}}


@dataclass
class Service:
    """Posts in any order; conversations by the post they are under; every request is noted."""

    posts: list[dict[str, Any]] = field(default_factory=list)
    mentions: list[dict[str, Any]] = field(default_factory=list)
    own: list[dict[str, Any]] = field(default_factory=list)
    under: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    replies: list[dict[str, Any]] = field(default_factory=list)
    statuses: list[str] = field(default_factory=lambda: ["FINISHED"])
    refuse: dict[str, tuple[int, Any]] = field(default_factory=dict)
    token: str = "token-1"
    asked: list[httpx2.Request] = field(default_factory=list)
    containers: dict[str, dict[str, str]] = field(default_factory=dict)
    page: int = 100

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        path = request.url.path.removeprefix("/v1.0/").strip("/")
        asked = dict(request.url.params)
        if path in self.refuse:
            status, said = self.refuse[path]
            return httpx2.Response(status, json=said)
        if path == "refresh_access_token":
            assert asked == {"grant_type": "th_refresh_token", "access_token": self.token}
            self.token = f"token-{int(self.token[-1]) + 1}"
            return _told({"access_token": self.token, "token_type": "bearer", "expires_in": 5_184_000})
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return httpx2.Response(400, json=error(190, "Error validating access token", error_subcode=463))
        assert "token" not in str(request.url.query)
        if request.method == "POST":
            return self._write(
                path, {name: one[0] for name, one in parse_qs(request.content.decode()).items()}
            )
        return self._read(path, asked)

    @property
    def paths(self) -> list[str]:
        return [request.url.path.removeprefix("/v1.0/").strip("/") for request in self.asked]

    def _read(self, path: str, asked: dict[str, str]) -> httpx2.Response:
        if path == "me":
            return _told({"id": "7", "username": "acme"})
        if path == "keyword_search":
            assert asked["search_type"] == "RECENT"
            return self._bounded([one for one in self.posts if asked["q"] in one["text"]], asked)
        if path == "me/mentions":
            return self._bounded(self.mentions, asked)
        if path == "me/threads":
            return self._bounded(self.own, asked)
        if path == "me/replies":
            return self._paged(self.replies, asked)
        if path.endswith("/conversation"):
            return self._paged(self.under[path.partition("/")[0]], asked)
        if path in self.containers:
            status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
            return _told({"id": path, "status": status, "error_message": "UNKNOWN"})
        found = [one for one in self.replies if one["id"] == path]
        return _told({"id": path, "permalink": found[0]["permalink"]})

    def _bounded(self, found: list[dict[str, Any]], asked: dict[str, str]) -> httpx2.Response:
        low, high = int(asked.get("since", 0)), int(asked.get("until", 10**12))
        assert low < high
        inside = [one for one in found if low <= _second(one) <= high]
        return _told({"data": sorted(inside, key=_second, reverse=True)[: self.page]})

    def _paged(self, found: list[dict[str, Any]], asked: dict[str, str]) -> httpx2.Response:
        """Lists with a word for the next page, which stands for the post before it."""
        listed = sorted(found, key=_second, reverse=True)
        names = [one["id"] for one in listed]
        start = names.index(asked["after"]) + 1 if "after" in asked else 0
        shown = listed[start : start + self.page]
        cursors = {"before": "x", "after": shown[-1]["id"]} if shown else {}
        following = {"next": "https://graph.threads.net/…"} if len(listed) > start + self.page else {}
        return _told({"data": shown, "paging": {"cursors": cursors, **following}})

    def _write(self, path: str, form: dict[str, str]) -> httpx2.Response:
        if path == "me/threads":
            name = f"c{len(self.containers)}"
            self.containers[name] = form
            return _told({"id": name})
        assert path == "me/threads_publish"
        made = self.containers[form["creation_id"]]
        number = 40_000 + len(self.replies)
        self.replies.append(reply(number, made["reply_to_id"], "r", made["text"], "acme"))
        return _told({"id": self.replies[-1]["id"]})


def _second(one: dict[str, Any]) -> int:
    return int(datetime.strptime(one["timestamp"], "%Y-%m-%dT%H:%M:%S%z").timestamp())


def _told(said: Any) -> httpx2.Response:
    return httpx2.Response(200, json=said)


def source(
    service: Service, now: datetime = NOW, keep: Callable[[str, str], None] | None = None, token: str = "token-1",
    **options: str,
) -> Threads:  # fmt: skip
    """A source of this service; without options it searches for 水壶."""
    wanted = [option for option in Threads.manifest().options if not option.secret]
    values = entered(wanted, options or {"words": "水壶", "mentions": "no", "answers": "no"})
    fetcher = Fetcher(transport=httpx2.MockTransport(service), politeness=Politeness(0, sleep=lambda _: None))
    return Threads(Setting(values, {"token": token}, fetcher, now, keep_secret=keep))
