"""A post or a comment of Lemmy as a post. A record is the view as it came, and the server it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from outlisten.sources.connector import Post, Record
from outlisten.sources.times import utc


def post(record: Record) -> Post:
    """The post of a view. Raises KeyError for one of another shape."""
    return _comment(record) if "comment" in record else _post(record)


def native_id(server: str, kind: str, number: int | str) -> str:
    """The address of a post or a comment on the server it was read from: the one form in which replies name each other."""
    return f"{server}/{kind}/{number}"


def _post(view: Record) -> Post:
    told, counts = view["post"], view.get("counts") or {}
    name = native_id(view["server"], "post", told["id"])
    address = told.get("url")
    is_image = str(told.get("url_content_type") or "").startswith("image/")
    return {
        **_said(view, told),
        "native_id": name,
        "type": "post",
        "title": told["name"],
        "text": told.get("body") or "",
        "url": name,
        "thread": name,
        "comments": counts.get("comments"),
        "has": (["image"] if is_image else []) + (["link"] if address else []),
        "links": [address] if address else [],
    }


def _comment(view: Record) -> Post:
    told, counts, server = view["comment"], view.get("counts") or {}, view["server"]
    name = native_id(server, "comment", told["id"])
    return {
        **_said(view, told),
        "native_id": name,
        "type": "comment",
        "text": told["content"],
        "url": name,
        "reply_to": _answered(told["path"], server) or native_id(server, "post", told["post_id"]),
        "thread": native_id(server, "post", told["post_id"]),
        "is": ["reply"],
        "comments": counts.get("child_count"),
    }


def _answered(path: str, server: str) -> str | None:
    """The comment that is answered, from a path such as `0.11.22` (22 answers 11); none when it is the post."""
    *before, _ = path.split(".")
    return native_id(server, "comment", before[-1]) if before and before[-1] != "0" else None


def _said(view: Record, told: Mapping[str, Any]) -> Post:
    """What both have."""
    creator = view["creator"]
    account = creator.get("actor_id")
    host = urlsplit(account).hostname if account else None
    return {
        "created_at": utc(told["published"]),
        "edited_at": utc(told["updated"]) if told.get("updated") else None,
        "author": creator.get("display_name") or None,
        "author_handle": f"{creator['name']}@{host}" if host else creator["name"],
        "author_id": account,
        "likes": (view.get("counts") or {}).get("upvotes"),
    }
