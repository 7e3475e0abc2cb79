"""Reddit's interface as documented, in memory: listings by `after`, the inbox, threads, tokens, comments."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import httpx2
from tests.sources.network import told

START = 1_796_000_000
ME = "acme_support"


class Reddit:
    """Things by name; `lists` say which stand in which listing, newest first. `tokens` are those still good."""

    def __init__(self) -> None:
        self.things: dict[str, dict[str, Any]] = {}
        self.lists: dict[str, list[str]] = {}
        self.given = 0
        self.good = ""
        self.comment_answer: httpx2.Response | None = None
        self.headers: dict[str, str] = {}
        self.cut: dict[str, list[str]] = {}

    def posts(self, subreddit: str, second: int, title: str = "充电宝", **data: Any) -> str:
        name = f"t3_{len(self.things):06d}"
        return self._put(name, f"r/{subreddit}/new", second, title=title, selftext="", is_self=True, **data)

    def comments(
        self, subreddit: str, second: int, to: str, body: str = "不错", where: str = "", **data: Any
    ) -> str:
        name = f"t1_{len(self.things):06d}"
        thread = to if to.startswith("t3_") else self.things[to]["data"]["link_id"]
        data = {"parent_id": to, "link_id": thread, "body": body, **data}
        return self._put(name, where or f"r/{subreddit}/comments", second, **data)

    def _put(self, name: str, path: str, second: int, **data: Any) -> str:
        whole = {
            "name": name,
            "author": "lanfeng_test",
            "created_utc": float(START + second),
            "permalink": f"/x/{name}/",
        }
        self.things[name] = {"kind": name[:2], "data": {**whole, **data}}
        self.lists.setdefault(path, []).insert(0, name)
        return name

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/api/v1/access_token":
            self.given += 1
            self.good = f"token-{self.given}"
            return told({"access_token": self.good, "token_type": "bearer", "expires_in": 3600, "scope": "*"})
        if request.headers["authorization"] != f"Bearer {self.good}":
            return told({"message": "Unauthorized", "error": 401}, 401)
        return self._answered(request.url.path.strip("/"), request)

    def _answered(self, path: str, request: httpx2.Request) -> httpx2.Response:
        asked = dict(request.url.params)
        if path == "api/v1/me":
            return told({"name": ME})
        if path == "api/info":
            return self._listing([one for one in asked["id"].split(",") if one in self.things], None)
        if path == "api/comment":
            return self.comment_answer or self._commented(parse_qs(request.content.decode()))
        if path.startswith("comments/"):
            return self._thread(path.split("/")[1], asked.get("comment"))
        if path == "api/morechildren":
            things = [self.things[f"t1_{one}"] for one in asked["children"].split(",")]
            return told({"json": {"errors": [], "data": {"things": things}}})
        if path not in self.lists:
            return told({"message": "Forbidden", "error": 403, "reason": "private"}, 403)
        names, size = self.lists[path][:1000], int(asked["limit"])
        if (below := asked.get("after")) and below not in names:
            return self._listing([], None)
        start = names.index(below) + 1 if below else 0
        after = names[start + size - 1] if len(names) > start + size else None
        return self._listing(names[start : start + size], after)

    def _listing(self, names: list[str], after: str | None) -> httpx2.Response:
        children = [self.things[name] for name in names]
        return told(
            {"kind": "Listing", "data": {"after": after, "before": None, "children": children}},
            **self.headers,
        )

    def _thread(self, post: str, under: str | None) -> httpx2.Response:
        roots = [f"t1_{under}"] if under else self._under(f"t3_{post}")
        tops = [self._tree(name) for name in roots]
        left = [name for name in self.cut.get(f"t3_{post}", []) if not under]
        if left:
            ids = [name.removeprefix("t1_") for name in left]
            tops.append({"kind": "more", "data": {"id": ids[0], "children": ids, "parent_id": f"t3_{post}"}})
        first = {"kind": "Listing", "data": {"children": [self.things[f"t3_{post}"]]}}
        return told([first, {"kind": "Listing", "data": {"children": tops}}])

    def _under(self, name: str) -> list[str]:
        hidden = self.cut.get(name, [])
        return [
            key
            for key, one in self.things.items()
            if one["data"].get("parent_id") == name and key not in hidden
        ]

    def _tree(self, name: str) -> dict[str, Any]:
        """A comment with its answers; where they are cut it says only that there are more."""
        one = self.things[name]
        if name in self.cut:
            under = [{"kind": "more", "data": {"id": "_", "count": 0, "children": [], "parent_id": name}}]
            self.cut.pop(name)
        else:
            under = [self._tree(reply) for reply in self._under(name)]
        replies: Any = {"kind": "Listing", "data": {"children": under}} if under else ""
        return {**one, "data": {**one["data"], "replies": replies}}

    def _commented(self, form: dict[str, list[str]]) -> httpx2.Response:
        where = f"user/{ME}/comments"
        name = self.comments("", 9_000, form["thing_id"][0], form["text"][0], where=where, author=ME)
        return told({"json": {"errors": [], "data": {"things": [self.things[name]]}}})
