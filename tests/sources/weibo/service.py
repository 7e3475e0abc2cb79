"""Weibo as its pages describe it: lists by number, a page that holds less than it could, errors in the body."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import Any
from urllib.parse import parse_qs

import httpx2
from tests.sources.network import NOW, told

UID = 2_000_000_001
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
HAN = timezone(timedelta(hours=8))


def when(hours_ago: float) -> str:
    time = (NOW - timedelta(hours=hours_ago)).astimezone(HAN)
    return f"Tue {MONTHS[time.month - 1]} {time.day:02} {time:%H:%M:%S} +0800 {time.year}"


def error(code: int | str, status: int = 400, said: str = "something") -> httpx2.Response:
    return told({"error": said, "error_code": code, "request": "/2/x.json"}, status)


class Weibo:
    """`most` records a page, whatever is asked for; `refuses` are paths that end in an error."""

    def __init__(self, most: int = 3) -> None:
        self.lists: dict[str, list[dict[str, Any]]] = {
            "statuses/mentions": [], "comments/mentions": [], "comments/to_me": [], "statuses/user_timeline": [],
            "comments/by_me": [],
        }  # fmt: skip
        self.under: dict[int, list[dict[str, Any]]] = {}
        self.refuses: dict[str, httpx2.Response] = {}
        self.most, self.hidden = most, set[int]()

    def status(self, path: str, number: int, hours_ago: float = 1, **more: Any) -> dict[str, Any]:
        uid = UID if path.endswith("user_timeline") else 7
        status = {
            "id": number, "idstr": str(number), "text": f"微博 {number}", "created_at": when(hours_ago),
            "user": {"id": uid, "screen_name": "某人"}, "comments_count": 0, **more,
        }  # fmt: skip
        self.lists[path].append(status)
        return status

    def comment(
        self, path: str, number: int, under: int, *, text: str = "", parent: int = 0, hours_ago: float = 1, by: int = 7
    ) -> dict[str, Any]:  # fmt: skip
        comment: dict[str, Any] = {
            "id": number, "text": text or f"评论 {number}", "created_at": when(hours_ago),
            "user": {"id": by, "screen_name": "某人"}, "status": {"id": under, "user": {"id": UID}},
        }  # fmt: skip
        if parent:
            comment["reply_comment"] = {"id": parent}
        self.lists.get(path, self.under.setdefault(under, [])).append(comment)
        return comment

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/2/").removesuffix(".json")
        if path in self.refuses:
            return self.refuses[path]
        if request.method == "POST":
            return self._written(
                path, {name: one[0] for name, one in parse_qs(request.content.decode()).items()}
            )
        asked = request.url.params
        match path:
            case "account/get_uid":
                return told({"uid": UID})
            case "users/show":
                return told({"id": int(asked["uid"]), "screen_name": "阿喜茶馆"})
            case "statuses/show":
                return self._status(int(asked["id"]))
            case "comments/show_batch":
                return self._batch(asked["cids"])
            case "comments/show":
                return self._page("comments", self.under.get(int(asked["id"]), []), asked)
        return self._page(
            path.split("/")[0] if "timeline" not in path else "statuses", self.lists[path], asked
        )

    def _page(self, key: str, records: list[dict[str, Any]], asked: Any) -> httpx2.Response:
        """What was hidden takes room on its page and is left out of it."""
        since, below = int(asked.get("since_id", 0)), int(asked.get("max_id", 0)) or 10**18
        there = sorted((one for one in records if since < one["id"] <= below), key=lambda one: -one["id"])
        page = there[: min(self.most, int(asked["count"]))]
        shown = [one for one in page if one["id"] not in self.hidden]
        return told({key: shown, "previous_cursor": 0, "next_cursor": 0, "total_number": len(there)})

    def _everything(self, kind: str) -> dict[int, dict[str, Any]]:
        lists = [one for path, listed in self.lists.items() if path.startswith(kind) for one in listed]
        return {one["id"]: one for one in [*lists, *(c for under in self.under.values() for c in under)]}

    def _status(self, number: int) -> httpx2.Response:
        found = self._everything("statuses").get(number)
        if found is None:
            return error(20101)
        whole = {"longText": {"longTextContent": f"{found['text']} 全文"}} if found.get("isLongText") else {}
        return told(found | whole)

    def _batch(self, cids: str) -> httpx2.Response:
        known = self._everything("comments")
        found = [known[int(one)] for one in cids.split(",") if int(one) in known]
        return told(found) if found else error("20201")

    def _written(self, path: str, form: dict[str, str]) -> httpx2.Response:
        parent = int(form.get("cid", 0))
        text = f"回复@某人:{form['comment']}" if parent else form["comment"]
        new = 900 + len(self.lists["comments/by_me"])
        return told(self.comment("comments/by_me", new, int(form["id"]), text=text, parent=parent, by=UID))
