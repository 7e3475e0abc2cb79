"""A medium's caption or a comment as a post. A record names the account beside what the interface sent.

https://developers.facebook.com/docs/instagram-platform/reference/instagram-media and
https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from outlisten.sources.connector import Post, Record, Skipped
from outlisten.sources.instagram.client import OWN, TAGGED
from outlisten.sources.times import utc

KINDS = {"IMAGE": "image", "CAROUSEL_ALBUM": "image", "VIDEO": "video"}


def post(record: Record) -> Post:
    """The post of a record. Raises Skipped for what has no words, KeyError for another shape."""
    if "comment" in record:
        return _comment(record["comment"], record["media"], record["account"])
    return _medium(record["media"], record["account"], str(record["by"]))


def media_id(number: str, by: str) -> str:
    """The native id of a medium; it says whether it is the account's own, as only those can be asked for again."""
    return f"{'media' if by == OWN else 'others'}/{number}"


def comment_id(medium: str, number: str) -> str:
    """The native id of a comment: it holds the medium's."""
    return f"comment/{medium}/{number}"


def _medium(told: Mapping[str, Any], account: Mapping[str, Any], by: str) -> Post:
    if not (text := str(told.get("caption") or "").strip()):
        raise Skipped("pictures without a word")
    number = media_id(told["id"], by)
    kind = KINDS.get(str(told.get("media_type")))
    author = told.get("username") or (account["name"] if by == OWN else None)
    return {
        "native_id": number,
        "type": "post",
        "created_at": utc(told.get("timestamp")),
        "text": text,
        "url": told.get("permalink"),
        "author": author,
        "author_handle": author,
        "author_id": account["id"] if by == OWN else None,
        "to": account["name"] or None if by == TAGGED else None,
        "voice_given": "owned" if by == OWN else None,
        "thread": number,
        "has": ([kind] if kind else []) + (["mention"] if by == TAGGED else []),
        "likes": told.get("like_count"),
        "comments": told.get("comments_count"),
    }


def _comment(told: Mapping[str, Any], medium: Mapping[str, Any], account: Mapping[str, Any]) -> Post:
    if not (text := str(told.get("text") or "").strip()):
        raise Skipped("pictures without a word")
    author = told.get("from") or {}
    name = author.get("username") or told.get("username")
    own = author.get("id") == account["id"] or (bool(name) and name == account["name"])
    above, parent = media_id(medium["id"], OWN), told.get("parent_id")
    return {
        "native_id": comment_id(medium["id"], told["id"]),
        "type": "comment",
        "created_at": utc(told.get("timestamp")),
        "text": text,
        "url": medium.get("permalink"),
        "author": name,
        "author_handle": name,
        "author_id": account["id"] if own else author.get("id"),
        "to": None if own else account["name"] or None,
        "voice_given": "owned" if own else None,
        "reply_to": comment_id(medium["id"], parent) if parent else above,
        "thread": above,
        "is": ["reply"],
        "likes": told.get("like_count"),
    }
