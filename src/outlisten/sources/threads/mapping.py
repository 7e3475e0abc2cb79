"""A post of Threads as a post of ours. Threads tells neither names nor counts of others' posts: they are missing.

https://developers.facebook.com/documentation/threads/reference/media-retrieval
"""

from __future__ import annotations

from typing import Any

from outlisten.sources.connector import Post, Record, Skipped
from outlisten.sources.threads.client import Media
from outlisten.sources.times import utc

KINDS = {"IMAGE": "image", "CAROUSEL_ALBUM": "image", "VIDEO": "video", "AUDIO": "audio"}


def post(record: Record) -> Post:
    """The post of a record. Raises Skipped for a repost, and for pictures without a word."""
    media = record["media"]
    if media.get("media_type") == "REPOST_FACADE":
        raise Skipped("somebody passed on a post of somebody else")
    answers = bool(media.get("is_reply")) or _id(media, "replied_to") is not None
    link = media.get("link_attachment_url")
    return {
        "native_id": str(media["id"]),
        "type": "reply" if answers else "post",
        "created_at": utc(media.get("timestamp")),
        "text": _words(media),
        "author_handle": media.get("username"),
        "to": record.get("account"),
        "url": media.get("permalink"),
        "reply_to": _id(media, "replied_to"),
        "thread": _id(media, "root_post"),
        "is": [
            *(["reply"] if answers else []),
            *(["quote"] if media.get("is_quote_post") else []),
        ],
        "has": _has(media),
        "links": [link] if link else [],
    }


def _words(media: Media) -> str:
    """What was written, else what the author wrote about the picture."""
    text = str(media.get("text") or media.get("alt_text") or "")
    if not text.strip():
        raise Skipped("pictures without a word")
    return text


def _id(media: Media, name: str) -> str | None:
    referred: Any = media.get(name)
    return str(referred["id"]) if isinstance(referred, dict) and referred.get("id") else None


def _has(media: Media) -> list[str]:
    kind = KINDS.get(str(media.get("media_type")))
    return [
        *([kind] if kind else []),
        *(["link"] if media.get("link_attachment_url") else []),
        *(["tag"] if media.get("topic_tag") else []),
    ]
