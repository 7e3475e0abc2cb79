"""A post or a comment of Reddit as a post. Its id is what Reddit calls its fullname, such as `t3_1abcde`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from outlisten.sources.connector import Post, Record, Skipped
from outlisten.sources.reddit.things import COMMENT, is_gone

SITE = "https://www.reddit.com"
IN_CONTEXT = re.compile(r"/comments/([a-z0-9]+)/")
INVISIBLE = "&#x200B;"  # what Reddit's editor leaves in empty lines
PICTURE = re.compile(r"!\[[^\]]*\]\(|https://(?:i|preview)\.redd\.it/")


def post(record: Record) -> Post:
    """The post of a thing; a record may name the account that it was written `to`. Raises Skipped for what is gone."""
    if is_gone(record):
        raise Skipped("its words, or its author, are no more")
    data = record["data"]
    found = _comment(data) if record["kind"] == COMMENT else _submission(data)
    return found | ({"to": record["to"]} if record.get("to") else {})


def _submission(data: Mapping[str, Any]) -> Post:
    text = _words(data.get("selftext"))
    outer = _outer_link(data)
    has = {
        "link": bool(outer),
        "image": data.get("post_hint") == "image"
        or bool(data.get("is_gallery"))
        or bool(PICTURE.search(text)),
        "video": bool(data.get("is_video")) or data.get("post_hint") in {"hosted:video", "rich:video"},
    }
    return {
        **_both(data),
        "type": "post",
        "title": data["title"],
        "text": text,
        "url": f"{SITE}{data['permalink']}",
        "thread": data["name"],
        "quoted": _crossposted(data),
        "is": [*(["repost"] if data.get("crosspost_parent") else []), *_edited(data)],
        "has": [name for name, there in has.items() if there],
        "links": [outer] if outer else [],
        "comments": data.get("num_comments"),
    }


def _comment(data: Mapping[str, Any]) -> Post:
    """An inbox names neither the thread nor the page: both are in its `context`."""
    context = str(data.get("context") or "").split("?")[0]
    inside = IN_CONTEXT.search(context)
    thread = data.get("link_id") or (f"t3_{inside[1]}" if inside else None)
    path = data.get("permalink") or context
    text = _words(data["body"])
    return {
        **_both(data),
        "type": "comment",
        "text": text,
        "url": f"{SITE}{path}" if path else None,
        "thread": thread,
        "reply_to": data.get("parent_id") or thread,
        "is": ["reply", *_edited(data)],
        "has": ["image"] if PICTURE.search(text) else [],
    }


def _both(data: Mapping[str, Any]) -> Post:
    """What posts and comments have. A score below zero is no number of likes, a hidden one is not known."""
    score, edited = data.get("score"), data.get("edited")
    is_known = isinstance(score, int) and score >= 0 and not data.get("score_hidden")
    return {
        "native_id": data["name"],
        "created_at": _time(data["created_utc"]),
        "edited_at": _time(edited) if isinstance(edited, int | float) and edited > 1 else None,
        "author_handle": data["author"],
        "author_id": data.get("author_fullname"),
        "likes": score if is_known else None,
    }


def _words(markdown: str | None) -> str:
    return (markdown or "").replace(INVISIBLE, "").strip()


def _edited(data: Mapping[str, Any]) -> list[str]:
    return ["edited"] if data.get("edited") else []


def _outer_link(data: Mapping[str, Any]) -> str | None:
    """What a post links to, where it is more than its own words."""
    address = data.get("url_overridden_by_dest") or data.get("url")
    is_outer = not data.get("is_self") and isinstance(address, str) and address.startswith("http")
    return address if is_outer else None


def _crossposted(data: Mapping[str, Any]) -> str | None:
    """The words of the post that this one passes on."""
    before = data.get("crosspost_parent_list") or []
    if not before or is_gone({"kind": "t3", "data": before[0]}):
        return None
    return "\n\n".join(filter(None, (str(before[0].get("title") or ""), _words(before[0].get("selftext")))))


def _time(second: float) -> datetime:
    return datetime.fromtimestamp(second, UTC)
