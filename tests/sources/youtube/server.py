"""YouTube's interface in memory. It takes no request and gives no answer that the official description does not allow."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import httpx2
from tests.sources.network import told
from tests.sources.youtube import description

START = datetime(2026, 11, 28, tzinfo=UTC).timestamp()
OURS = "UC1111111111111111111111"
VIDEO = "vidAAAAAAA1"


def refusal(status: int, reason: str, message: str = "", detail: str = "") -> httpx2.Response:
    """An error as Google writes it."""
    error: dict[str, Any] = {
        "code": status,
        "message": message,
        "errors": [{"message": message, "domain": "youtube", "reason": reason}],
    }
    if detail:
        error["details"] = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": detail}]
    return told({"error": error}, status)


class YouTube:
    """Comments by id in the order they were written, and videos. `refuses` answers a path in place of what it holds."""

    def __init__(self) -> None:
        self.comments: dict[str, dict[str, Any]] = {}
        self.videos: dict[str, dict[str, Any]] = {}
        self.refuses: dict[str, httpx2.Response] = {}
        self.given = 0
        self.hidden: set[str] = set()
        self.old_tokens = False
        self.one_missing_spoils_all = False

    def comments_on(self, video: str | None, second: float, text: str = "不错", parent: str = "") -> str:
        name = f"{parent}.{len(self.comments):03d}" if parent else f"Ugx{len(self.comments):05d}"
        when = _iso(second)
        self.comments[name] = {
            "kind": "youtube#comment", "etag": "e", "id": name,
            "snippet": {
                "channelId": OURS, "textDisplay": text, "textOriginal": text, "authorDisplayName": "@lanfeng-test",
                "authorChannelId": {"value": "UC2222222222222222222222"}, "likeCount": 0, "publishedAt": when,
                "updatedAt": when, **({"parentId": parent} if parent else {}), **({"videoId": video} if video else {}),
            },
        }  # fmt: skip
        return name

    def edits(self, name: str, text: str, second: float) -> None:
        self.comments[name]["snippet"] |= {
            "textDisplay": text,
            "textOriginal": text,
            "updatedAt": _iso(second),
        }

    def shows(self, name: str, second: float, title: str = "充电宝") -> None:
        snippet = {
            "publishedAt": _iso(second),
            "channelId": OURS,
            "title": title,
            "description": "评测",
            "channelTitle": "测试",
        }
        self.videos[name] = {
            "kind": "youtube#video",
            "id": name,
            "snippet": snippet,
            "statistics": {"viewCount": "5"},
        }

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.host == "oauth2.googleapis.com":
            self.given += 1
            return told({"access_token": f"token-{self.given}", "expires_in": 3599, "token_type": "Bearer"})
        assert list(description.faults_of_request(request)) == []
        assert ("x-goog-api-key" in request.headers) != ("authorization" in request.headers)
        path = request.url.path.removeprefix("/youtube/v3/")
        answer = self.refuses.get(f"{request.method} {path}") or self._answered(path, request)
        if answer.status_code == 200:
            schema = description.method(request)["response"]["$ref"]
            assert list(description.faults(json.loads(answer.content), schema)) == []
        return answer

    def _answered(self, path: str, request: httpx2.Request) -> httpx2.Response:
        asked = dict(request.url.params)
        match path:
            case "commentThreads":
                tops = [one for one in self.comments.values() if "parentId" not in one["snippet"]]
                tops = [one for one in tops if asked.get("videoId") in {None, one["snippet"].get("videoId")}]
                return self._page("commentThread", [self._thread(one) for one in _newest_first(tops)], asked)
            case "comments" if request.method == "POST":
                said = json.loads(request.content)["snippet"]
                name = self.comments_on(None, 400_000, said["textOriginal"], parent=said["parentId"])
                self.comments[name]["snippet"]["authorChannelId"] = {"value": OURS}
                return told(self.comments[name])
            case "comments" if "parentId" in asked:
                return self._page("comment", self._replies(asked["parentId"]), asked)
            case "comments":
                return self._known(asked["id"].split(","))
            case "search":
                after = asked.get("publishedAfter", "")
                found = [
                    one
                    for one in _newest_first(self.videos.values())
                    if one["snippet"]["publishedAt"] >= after
                ]
                return self._page("search", [_hit(one) for one in found], asked)
            case "videos":
                found = [self.videos[name] for name in asked["id"].split(",") if name in self.videos]
                return told({"kind": "youtube#videoListResponse", "items": found})
        mine = {"kind": "youtube#channel", "id": OURS, "snippet": {"title": "Acme 官方"}}
        has_handle = asked.get("forHandle", "@acme") == "@acme"
        return told({"kind": "youtube#channelListResponse", **({"items": [mine]} if has_handle else {})})

    def _page(self, kind: str, items: list[dict[str, Any]], asked: dict[str, str]) -> httpx2.Response:
        token = asked.get("pageToken", "0")
        if self.old_tokens and token != "0":
            self.old_tokens = False
            return refusal(400, "invalidPageToken")
        start, size = int(token), int(asked["maxResults"])
        more = {"nextPageToken": str(start + size)} if len(items) > start + size else {}
        return told({"kind": f"youtube#{kind}ListResponse", "items": items[start : start + size], **more})

    def _known(self, names: list[str]) -> httpx2.Response:
        if self.hidden & set(names):
            return refusal(403, "forbidden")
        found = [self.comments[name] for name in names if name in self.comments]
        if self.one_missing_spoils_all and len(found) < len(names):
            return refusal(404, "commentNotFound")
        return told({"kind": "youtube#commentListResponse", "items": found})

    def _replies(self, parent: str) -> list[dict[str, Any]]:
        replies = [one for one in self.comments.values() if one["snippet"].get("parentId") == parent]
        return [
            {**one, "snippet": {k: v for k, v in one["snippet"].items() if k != "videoId"}} for one in replies
        ]

    def _thread(self, top: dict[str, Any]) -> dict[str, Any]:
        replies, video = self._replies(top["id"]), top["snippet"].get("videoId")
        snippet = {
            "channelId": OURS, "topLevelComment": top, "totalReplyCount": len(replies), "canReply": True, "isPublic": True,
            **({"videoId": video} if video else {}),
        }  # fmt: skip
        with_it = {"replies": {"comments": replies[:5]}} if replies else {}
        return {"kind": "youtube#commentThread", "id": top["id"], "snippet": snippet, **with_it}


def _hit(video: dict[str, Any]) -> dict[str, Any]:
    shown = {name: video["snippet"][name] for name in ("publishedAt", "channelId", "title", "channelTitle")}
    return {
        "kind": "youtube#searchResult",
        "id": {"kind": "youtube#video", "videoId": video["id"]},
        "snippet": shown,
    }


def _newest_first(items: Any) -> list[dict[str, Any]]:
    return sorted(items, key=lambda one: str(one["snippet"]["publishedAt"]), reverse=True)


def _iso(second: float) -> str:
    return datetime.fromtimestamp(START + second, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
