"""A NodeBB forum that answers from memory, in the shapes that its own description documents."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import httpx2
from tests.sources.network import told

FORUM = "https://forum.example"
START = 1_796_000_000_000  # milliseconds
CATEGORIES = [
    {"cid": 1, "name": "Comments &amp; Feedback", "slug": "1/feedback", "parentCid": 0, "children": [
        {"cid": 5, "name": "Bugs", "slug": "5/bugs", "parentCid": 1, "children": []}]},
    {"cid": 2, "name": "闲聊", "slug": "2/off-topic", "parentCid": 0, "children": []},
]  # fmt: skip
MISSING = {"status": {"code": "not-found", "message": "Post does not exist"}, "response": {}}


@dataclass
class Forum:
    """Topics by number; `minute` is the time of the next post. Pages hold three."""

    topics: dict[int, dict[str, Any]] = field(default_factory=dict)
    posts: dict[int, dict[str, Any]] = field(default_factory=dict)
    minute: int = 0
    is_old: bool = False  # before 1.15: no /api/v3
    queues: bool = False  # moderators look at what is written first
    written: list[dict[str, Any]] = field(default_factory=list)

    def opens(self, text: str = "水壶", *, cid: int = 2) -> int:
        """A topic with its first post; gives the post's number, which is the topic's too."""
        number = len(self.posts) + 1
        self.topics[number] = {
            "tid": number, "cid": cid, "mainPid": number, "title": f"题目 {number}", "titleRaw": f"题目 {number}",
            "postcount": 0, "viewcount": 9, "deleted": 0,
        }  # fmt: skip
        return self.says(number, text)

    def says(self, topic: int, text: str, *, to: int | None = None, by: int = 7) -> int:
        number, self.minute = len(self.posts) + 1, self.minute + 1
        time = START + self.minute * 60_001
        self.posts[number] = {
            "pid": number, "tid": topic, "uid": by, "toPid": to, "content": f"<p>{text}</p>", "timestamp": time,
            "deleted": 0, "upvotes": 1, "edited": 0, "raw": text,
            "user": {"uid": by, "username": f"user{by}", "displayname": f"用户{by}"},
        }  # fmt: skip
        self.topics[topic] |= {"lastposttime": time, "postcount": self.topics[topic]["postcount"] + 1}
        return number

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        path, asked = request.url.path.removeprefix("/api/").split("/"), request.url.params
        match path:
            case ["recent"]:
                listed = sorted(self.topics.values(), key=lambda one: -one["lastposttime"])
                return told(_page("topics", listed, int(asked["page"])))
            case ["topic", number] if int(number) in self.topics:
                return told(self._topic(int(number), int(asked["page"])))
            case ["categories"]:
                return told({"categories": CATEGORIES})
            case ["self"]:
                return told({"uid": 1, "username": "acme"}) if _signed_in(request) else told({}, 401)
            case ["v3", *rest] if not self.is_old:
                return self._v3(request, rest)
        return told({"path": request.url.path, "title": "[[global:404.title]]"}, 404)

    def _topic(self, number: int, page: int) -> dict[str, Any]:
        posts = sorted(
            (one for one in self.posts.values() if one["tid"] == number), key=lambda one: -one["timestamp"]
        )
        first = self.posts[self.topics[number]["mainPid"]]
        return self.topics[number] | _page(
            "posts", [first, *(one for one in posts if one is not first)], page
        )

    def _v3(self, request: httpx2.Request, path: list[str]) -> httpx2.Response:
        match path:
            case ["topics", number]:
                return self._write(request, int(number))
            case ["posts", number, _] if int(number) not in self.posts:
                return told(MISSING, 404)
            case ["posts", number, "summary"]:
                one = self.posts[int(number)]
                return told(
                    {"response": one | {"deleted": bool(one["deleted"]), "topic": self.topics[one["tid"]]}}
                )
            case ["posts", number, "replies"]:
                return told(
                    {"response": {"replies": [p for p in self.posts.values() if p["toPid"] == int(number)]}}
                )
            case ["posts", number, "raw"]:
                return told({"response": {"content": self.posts[int(number)]["raw"]}})
        return told(MISSING, 404)

    def _write(self, request: httpx2.Request, topic: int) -> httpx2.Response:
        if not _signed_in(request):
            return told({"status": {"code": "not-authorised", "message": "no"}}, 401)
        said = json.loads(request.content)
        self.written.append(said)
        if len(said["content"]) < 2:
            return told({"status": {"code": "bad-request", "message": "Please enter a longer post."}}, 400)
        if self.queues:
            return told({"response": {"queued": True, "id": "reply-3", "message": "waiting"}})
        return told({"response": self.posts[self.says(topic, said["content"], to=said["toPid"], by=1)]})


def _signed_in(request: httpx2.Request) -> bool:
    return request.headers.get("authorization") == "Bearer good"


def _page(name: str, items: list[dict[str, Any]], page: int) -> dict[str, Any]:
    count = max(1, -(-len(items) // 3))
    return {name: items[3 * (page - 1) : 3 * page], "pagination": {"currentPage": page, "pageCount": count}}
