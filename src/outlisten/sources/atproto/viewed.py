"""A post as Bluesky shows it (app.bsky.feed.defs#postView): what its author wrote, who that is, and how often it was liked.

https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/defs.json
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from outlisten.sources.atproto.written import written
from outlisten.sources.connector import Post
from outlisten.sources.times import utc

NO_HANDLE = "handle.invalid"  # what is shown for an account whose name leads elsewhere


def viewed(view: Mapping[str, Any]) -> Post:
    """The post of a view. Raises Skipped."""
    found = written(str(view["uri"]), view["record"], utc(view.get("indexedAt")))
    return {
        **found,
        **author(view["author"]),
        "quoted": _quoted(view.get("embed") or {}),
        "likes": view.get("likeCount"),
        "comments": view.get("replyCount"),
        "shares": _sum(view.get("repostCount"), view.get("quoteCount")),
    }


def author(profile: Mapping[str, Any]) -> Post:
    """Who wrote it; `verified` is not told here, as the network has several who vouch."""
    name = profile.get("handle")
    return {
        "author": profile.get("displayName") or name,
        "author_handle": None if name == NO_HANDLE else name,
        "author_id": profile.get("did"),
        "followers": profile.get("followersCount"),
    }


def _quoted(embed: Mapping[str, Any]) -> str | None:
    """The text of a quoted post, one level down where it comes with media."""
    record = embed.get("record") or {}
    inner = record.get("record") or record
    return str((inner.get("value") or {}).get("text") or "") or None


def _sum(*counts: int | None) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None
