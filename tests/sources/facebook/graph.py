"""A Page as the Graph API tells of it: its feed, what tags it, comments in an order that is not sure, and answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import httpx2
from tests.sources.graph_api.paging import error, listed
from tests.sources.network import told

PAGE = {"id": "100", "name": "阿喜茶馆"}
START = 1_796_000_000


def when(second: int) -> str:
    return datetime.fromtimestamp(START + second, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


class Graph:
    """`refuses` are paths that end in an error; `most` is how many records a page holds whatever is asked for."""

    def __init__(self, most: int = 2) -> None:
        self.feed: dict[str, dict[str, Any]] = {}
        self.tagged: dict[str, dict[str, Any]] = {}
        self.comments: dict[str, tuple[str, dict[str, Any]]] = {}
        self.refuses: dict[str, httpx2.Response] = {}
        self.most = most

    def posts(self, number: str, second: int = 0, *, tagged: bool = False) -> str:
        name = f"{'777' if tagged else '100'}_{number}"
        kept = self.tagged if tagged else self.feed
        kept[name] = {
            "id": name,
            "message": f"帖子 {number}",
            "created_time": when(second),
            "updated_time": when(second),
        }
        return name

    def says(
        self, post: str, number: str, second: int, *, text: str = "", parent: str = "", by: str = "7"
    ) -> str:
        name = f"{post.partition('_')[2]}_{number}"
        comment = {
            "id": name, "message": text or f"评论 {number}", "created_time": when(second),
            "from": {"id": by, "name": "某人"}, "permalink_url": f"https://www.facebook.com/{name}",
        }  # fmt: skip
        if parent:
            comment["parent"] = {"id": parent}
        self.comments[name] = (post, comment)
        self.feed[post]["updated_time"] = when(second)
        return name

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/v25.0/")
        if path in self.refuses:
            return self.refuses[path]
        if request.method == "POST":
            return self._written(path.removesuffix("/comments"), request)
        match path.split("/"):
            case ["me"]:
                return told(PAGE)
            case [_, "feed"]:
                return listed(request, [self._counted(post) for post in self.feed.values()], self.most)
            case [_, "tagged"]:
                return listed(request, list(self.tagged.values()), self.most)
            case [under, "comments"]:
                return listed(request, self._under(under, request), self.most)
            case [number] if number in self.feed:
                return told(self._counted(self.feed[number]))
            case [number] if number in self.comments:
                return told(self.comments[number][1])
        return error(100, 33)

    def _counted(self, post: dict[str, Any]) -> dict[str, Any]:
        count = sum(under == post["id"] for under, _ in self.comments.values())
        return post | {"comments": {"data": [], "summary": {"total_count": count}}}

    def _under(self, under: str, request: httpx2.Request) -> list[dict[str, Any]]:
        asked = request.url.params
        since = when(int(asked["since"]) - START) if "since" in asked else ""
        stream = asked.get("filter") == "stream"
        return [
            one
            for post, one in self.comments.values()
            if one["created_time"] >= since
            and (
                (post == under and (stream or "parent" not in one))
                or one.get("parent", {}).get("id") == under
            )
        ]

    def _written(self, to: str, request: httpx2.Request) -> httpx2.Response:
        text = parse_qs(request.content.decode())["message"][0]
        post, parent = (to, "") if to in self.feed else (self.comments[to][0], to)
        return told(
            {"id": self.says(post, f"{900 + len(self.comments)}", 500, text=text, parent=parent, by="100")}
        )
