"""A review of the App Store as a post. A record is the feed's entry, with the app and the country it was asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from outlisten.sources.connector import Post, Record, Unmappable
from outlisten.sources.times import utc

ACCOUNT = re.compile(r"/id(\d+)")


def post(record: Record) -> Post:
    """The post of a review. Its time is when it was written or last changed: the store tells no other.

    The app's number stands in `to`; the version that is reviewed is in the raw record (`im:version`). Raises Unmappable.
    """
    entry = record["entry"]
    author = entry.get("author") or {}
    account = ACCOUNT.search(_label(author, "uri") or "")
    votes = _label(entry, "im:voteSum") or ""
    title, text = _label(entry, "title"), _label(entry, "content")
    if not title and not text:
        raise Unmappable("the review has stars and no words")
    link = entry.get("link") or {}
    return {
        "native_id": _label(entry, "id"),
        "created_at": utc(_label(entry, "updated")),
        "type": "review",
        "title": title or None,
        "text": text or "",
        "author": _label(author, "name"),
        "author_id": account[1] if account else None,
        "to": str(record["app"]),
        "url": (link.get("attributes") or {}).get("href") if isinstance(link, dict) else None,
        "country": str(record["country"]).upper(),
        "rating": float(entry["im:rating"]["label"]),
        "likes": int(votes) if votes.isascii() and votes.isdigit() else None,
    }


def _label(told: Mapping[str, Any], name: str) -> str | None:
    """The text of a field: each is a table with a label."""
    return (told.get(name) or {}).get("label")
