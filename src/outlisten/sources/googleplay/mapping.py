"""A review of Google Play, or the developer's reply to it, as a post."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from outlisten.sources.connector import Post, Record, Unmappable
from outlisten.sources.googleplay.client import written


def post(record: Record) -> Post:
    """The post of a record. Its time is when it was written or last changed: the store tells no other. Raises Unmappable.

    The reviewer's language is that of the device, and says nothing of the words: it stays in the raw record.
    """
    review, package = record["review"], str(record["package"])
    name = f"{package}/{review['reviewId']}"
    user, reply = written(review)
    about = {"thread": name, "url": f"https://play.google.com/store/apps/details?id={package}"}
    if record["kind"] == "reply":
        return about | {
            "native_id": f"{name}/reply", "reply_to": name, "type": "reply", "is": ["reply"], "voice_given": "owned",
            "text": reply["text"], "created_at": _time(reply),
        }  # fmt: skip
    title, text = _parts(str(user.get("originalText") or user.get("text") or ""))
    if not title and not text:
        raise Unmappable("the review has stars and no words")
    return about | {
        "native_id": name, "type": "review", "title": title or None, "text": text, "created_at": _time(user),
        "author": review.get("authorName") or None, "to": package, "rating": user.get("starRating"),
        "likes": user.get("thumbsUpCount"),
    }  # fmt: skip


def _parts(said: str) -> tuple[str, str]:
    """Title and text: Google joins them with a tab, which an untitled review begins with."""
    title, tab, text = said.partition("\t")
    return (title.strip(), text.strip()) if tab else ("", said.strip())


def _time(told: dict[str, Any]) -> datetime | None:
    modified = told.get("lastModified")
    return datetime.fromtimestamp(int(modified["seconds"]), UTC) if modified else None
