"""A professional account as the Instagram API tells of it, with the hashtags it searched for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import httpx2
from tests.sources.graph_api.paging import error, listed
from tests.sources.network import NOW, told

NUMBER = "17841400000000001"
NAME = "axichaguan"


def when(hours_ago: float) -> str:
    return datetime.fromtimestamp(NOW.timestamp() - hours_ago * 3_600, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


class Graph:
    """Media by number, comments with their replies inside, newest first; a page holds two, and one reply."""

    def __init__(self) -> None:
        self.media: dict[str, dict[str, Any]] = {}
        self.tags: list[dict[str, Any]] = []
        self.comments: dict[str, tuple[str, dict[str, Any]]] = {}
        self.hashtags: dict[str, list[dict[str, Any]]] = {}
        self.searched: list[str] = []
        self.refuses: dict[str, httpx2.Response] = {}
        self.given: dict[str, int] = {}

    def shows(self, number: str, hours_ago: float = 5, caption: str = "新品") -> str:
        self.media[number] = {
            "id": number, "caption": f"{caption} {number}", "timestamp": when(hours_ago), "username": NAME,
            "permalink": f"https://www.instagram.com/p/{number}/",
        }  # fmt: skip
        return number

    def says(
        self,
        medium: str,
        number: str,
        hours_ago: float,
        *,
        parent: str = "",
        text: str = "",
        by: str = "guest",
    ) -> str:
        comment = {
            "id": number,
            "text": text or f"评论 {number}",
            "timestamp": when(hours_ago),
            "username": by,
        }
        self.comments[number] = (medium, comment | ({"parent_id": parent} if parent else {}))
        return number

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/v25.0/")
        if path in self.refuses:
            return self.refuses[path]
        if request.method == "POST":
            return self._written(path, request)
        match path.split("/"):
            case ["me"]:
                return told({"user_id": NUMBER, "username": NAME})
            case ["17841400000000001"]:
                return told({"id": NUMBER, "username": NAME})
            case [_, "media"]:
                return listed(request, [self._counted(one) for one in self.media.values()], 2)
            case [_, "tags"]:
                return self._tagging(request)
            case [_, "recently_searched_hashtags"]:
                return told({"data": [{"id": f"h{name}", "name": name} for name in self.searched]})
            case ["ig_hashtag_search"]:
                return self._hashtag(request.url.params["q"])
            case [hashtag, "recent_media"]:
                return self._recent(hashtag.removeprefix("h"), request)
            case [number, "comments"]:
                return listed(request, [self._whole(one) for one in self._right_under(number)], 2)
            case [number, "replies"]:
                return listed(request, self._replies(number), 2)
            case [number] if number in self.media:
                return told(self._counted(self.media[number]))
            case [number] if number in self.comments:
                return told(self.comments[number][1])
        return error(100, 33)

    def _right_under(self, medium: str) -> list[dict[str, Any]]:
        found = [one for above, one in self.comments.values() if above == medium and "parent_id" not in one]
        return sorted(found, key=lambda one: one["timestamp"], reverse=True)

    def _replies(self, comment: str) -> list[dict[str, Any]]:
        return [one for _, one in self.comments.values() if one.get("parent_id") == comment]

    def _whole(self, comment: dict[str, Any]) -> dict[str, Any]:
        replies = self._replies(comment["id"])
        if not replies:
            return comment
        bare = [{name: value for name, value in one.items() if name != "parent_id"} for one in replies]
        more = {"paging": {"next": "https://graph.facebook.com/x?after=at1"}} if len(replies) > 1 else {}
        return comment | {"replies": {"data": bare[:1], **more}}

    def _counted(self, medium: dict[str, Any]) -> dict[str, Any]:
        count = sum(above == medium["id"] for above, _ in self.comments.values())
        newest = [{"id": one["id"]} for one in self._right_under(medium["id"])[:1]]
        return medium | {"comments_count": count} | ({"comments": {"data": newest}} if newest else {})

    def _tagging(self, request: httpx2.Request) -> httpx2.Response:
        """Cursors, and never an address of the next page."""
        start = int(request.url.params.get("after", "0"))
        found = self.tags[start : start + 2]
        paging = {"paging": {"cursors": {"before": str(start), "after": str(start + len(found))}}}
        return told({"data": found, **(paging if found else {})})

    def _hashtag(self, name: str) -> httpx2.Response:
        if name not in self.searched:
            self.searched.append(name)
        return told({"data": [{"id": f"h{name}"}]})

    def _recent(self, name: str, request: httpx2.Request) -> httpx2.Response:
        """The place of each page is the same, and still the next page comes."""
        start = self.given[name] = self.given.get(name, 0) + 2 if "after" in request.url.params else 0
        found = self.hashtags[name][start : start + 2]
        following = {"next": "https://graph.facebook.com/x?access_token=SECRET&after=same"}
        return told({"data": found, "paging": {"cursors": {"after": "same"}, **(following if found else {})}})

    def _written(self, path: str, request: httpx2.Request) -> httpx2.Response:
        number, edge = path.split("/")
        text = parse_qs(request.content.decode())["message"][0]
        medium, parent = (number, "") if edge == "comments" else (self.comments[number][0], number)
        new = f"{900 + len(self.comments)}"
        return told({"id": self.says(medium, new, 0, parent=parent, text=text, by=NAME)})
