"""A post or a comment as a post. A record names the Page beside what the interface sent.

https://developers.facebook.com/docs/graph-api/reference/page-post/ and
https://developers.facebook.com/docs/graph-api/reference/comment/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from outlisten.sources.connector import Post, Record, Skipped
from outlisten.sources.facebook.client import TAGGED, comments_of
from outlisten.sources.times import utc

MEDIA = {"photo": "image", "album": "image", "video": "video", "link": "link", "share": "link"}


def post(record: Record) -> Post:
    """The post of a record. Raises Skipped for what has no words or is not public, KeyError for another shape."""
    page = record["page"]
    if "comment" in record:
        return _comment(record["comment"], page, str(record["post_id"]))
    return _post(record["post"], page, tagged=record.get("by") == TAGGED)


def post_id(number: str, *, tagged: bool = False) -> str:
    """The native id of a post: one that only tags the Page cannot be asked for again, and says so."""
    return f"{TAGGED if tagged else 'post'}/{number}"


def comment_id(post: str, number: str) -> str:
    """The native id of a comment: it holds the post's, which the interface does not give back with a comment."""
    return f"comment/{post}/{number}"


def _post(told: Mapping[str, Any], page: Mapping[str, Any], *, tagged: bool) -> Post:
    if told.get("is_published") is False:
        raise Skipped("not published")
    attached = (told.get("attachments") or {}).get("data") or []
    number = post_id(told["id"], tagged=tagged)
    return {
        **_said(told, page, [str(one.get("media_type")) for one in attached]),
        "native_id": number,
        "type": "post",
        "thread": number,
        "likes": ((told.get("reactions") or {}).get("summary") or {}).get("total_count"),
        "comments": comments_of(told),
        "shares": (told.get("shares") or {}).get("count"),
        "links": [url for one in attached if _links(one) and (url := one.get("unshimmed_url"))],
    }


def _comment(told: Mapping[str, Any], page: Mapping[str, Any], under: str) -> Post:
    if told.get("is_private"):
        raise Skipped("not public")
    parent = (told.get("parent") or {}).get("id")
    attached = told.get("attachment") or {}
    return {
        **_said(told, page, [str(attached.get("type"))]),
        "native_id": comment_id(under, told["id"]),
        "type": "comment",
        "reply_to": comment_id(under, parent) if parent else post_id(under),
        "thread": post_id(under),
        "is": ["reply"],
        "likes": told.get("like_count"),
        "comments": told.get("comment_count"),
    }


def _said(told: Mapping[str, Any], page: Mapping[str, Any], media: list[str]) -> Post:
    """What both have. Who wrote it is left out by the interface for people who did not agree to be named."""
    if not (text := str(told.get("message") or "").strip()):
        raise Skipped("pictures without a word")
    author = told.get("from") or {}
    own = author.get("id") == page["id"]
    tags = told.get("message_tags") or []
    has = [MEDIA[one] for one in media if one in MEDIA] + (["mention"] if tags else [])
    return {
        "created_at": utc(told.get("created_time")),
        "text": text,
        "url": told.get("permalink_url"),
        "author": author.get("name"),
        "author_id": author.get("id"),
        "to": None if own else page["name"] or page["id"],
        "voice_given": "owned" if own else None,
        "has": list(dict.fromkeys(has)),
    }


def _links(attachment: Mapping[str, Any]) -> bool:
    return MEDIA.get(str(attachment.get("media_type"))) == "link"
