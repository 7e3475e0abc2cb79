"""A comment or a video as a post. A comment's id names its video, as YouTube does not tell it of every comment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from outlisten.sources.connector import Post, Record
from outlisten.sources.times import utc

SITE = "https://www.youtube.com"
ON_CHANNEL = "channel"  # in place of a video, of comments on a channel itself


def post(record: Record) -> Post:
    """The post of a record: a `thread`'s first comment, another `comment` with its `videoId`, or a `video`."""
    if "video" in record:
        return _video(record["video"])
    if "thread" in record:
        thread = record["thread"]["snippet"]
        comment = _comment(thread["topLevelComment"], thread.get("videoId"))
        return comment | {"comments": thread.get("totalReplyCount")}
    return _comment(record["comment"], record.get("videoId"))


def native_id(comment: str, video: str | None) -> str:
    """`VIDEO/COMMENT`."""
    return f"{video or ON_CHANNEL}/{comment}"


def address(comment: str, video: str | None, channel: str | None) -> str | None:
    """Where a comment stands; of one on a channel, that channel."""
    if video:
        return f"{SITE}/watch?v={video}&lc={comment}"
    return f"{SITE}/channel/{channel}" if channel else None


def _comment(comment: Mapping[str, Any], video: str | None) -> Post:
    told, name = comment["snippet"], str(comment["id"])
    parent = told.get("parentId")
    written, changed = utc(told.get("publishedAt")), utc(told.get("updatedAt"))
    is_edited = written is not None and changed is not None and changed > written
    answered = native_id(parent, video) if parent else video
    return {
        **_author(told),
        "native_id": native_id(name, video),
        "created_at": written,
        "edited_at": changed if is_edited else None,
        "type": "comment",
        "text": told.get("textOriginal") or told["textDisplay"],
        "url": address(name, video, told.get("channelId")),
        "reply_to": answered,
        "thread": video or native_id(parent or name, video),
        "is": [*(["reply"] if answered else []), *(["edited"] if is_edited else [])],
        "has": ["image"] if told.get("imageUrl") else [],
        "likes": told.get("likeCount"),
    }


def _author(told: Mapping[str, Any]) -> Post:
    """A name that begins with @ is a handle."""
    name = told.get("authorDisplayName") or ""
    is_handle = name.startswith("@")
    return {
        "author": None if is_handle else name or None,
        "author_handle": name.removeprefix("@") if is_handle else None,
        "author_id": (told.get("authorChannelId") or {}).get("value"),
    }


def _video(video: Mapping[str, Any]) -> Post:
    told, numbers = video["snippet"], video.get("statistics") or {}
    return {
        "native_id": str(video["id"]),
        "created_at": utc(told.get("publishedAt")),
        "type": "post",
        "title": told["title"],
        "text": told.get("description") or "",
        "author": told.get("channelTitle"),
        "author_id": told.get("channelId"),
        "url": f"{SITE}/watch?v={video['id']}",
        "thread": str(video["id"]),
        "lang_given": told.get("defaultAudioLanguage") or told.get("defaultLanguage"),
        "has": ["video"],
        "likes": _number(numbers.get("likeCount")),
        "comments": _number(numbers.get("commentCount")),
        "views": _number(numbers.get("viewCount")),
    }


def _number(told: Any) -> int | None:
    """YouTube writes large numbers as texts, and leaves out those that a channel hides."""
    return int(told) if isinstance(told, str) and told.isdigit() else None
