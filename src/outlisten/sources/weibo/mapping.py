"""A post or a comment on Weibo as a post. A record names our account beside what the interface sent.

https://open.weibo.com/wiki/常见返回对象数据结构
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from outlisten.sources.connector import Post, Record, Skipped, Unmappable

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TIME = re.compile(r"\w{3} (\w{3}) (\d{1,2}) ([\d:]{8}) ([+-]\d{4}) (\d{4})")
LINK = re.compile(r"https?://t\.cn/\w+")
NAMED, TAG = re.compile(r"@[\w·-]+"), re.compile(r"#[^#\s][^#]*#")


def post(record: Record) -> Post:
    """The post of a record. Raises Skipped for what was deleted, Unmappable for what has no author, KeyError for another
    shape."""
    if "comments" in record:
        return _comment(record["comments"], record)
    return _status(record["statuses"], record)


def comment_id(status: str, number: str) -> str:
    """The native id of a comment: an answer to it must name the post as well."""
    return f"comment/{status}/{number}"


def time_of(told: Any) -> datetime | None:
    """A time such as `Tue May 31 17:46:55 +0800 2011`, whatever language this machine speaks."""
    found = TIME.fullmatch(told) if isinstance(told, str) else None
    if found is None or found[1] not in MONTHS:
        return None
    month, day = MONTHS.index(found[1]) + 1, int(found[2])
    try:
        plain = f"{found[5]}-{month:02}-{day:02} {found[3]} {found[4]}"
        return datetime.strptime(plain, "%Y-%m-%d %H:%M:%S %z").astimezone(UTC)
    except ValueError:
        return None


def words(status: Mapping[str, Any]) -> str:
    """The words of a post, whole where the long text came."""
    whole = (status.get("longText") or {}).get("longTextContent")
    return str(whole or status.get("text") or "")


def _status(told: Mapping[str, Any], record: Record) -> Post:
    if str(told.get("deleted") or "0") == "1":
        raise Skipped("deleted")
    number, source = _id(told), told.get("retweeted_status") or {}
    pictures = told.get("pic_urls") or told.get("pic_ids") or told.get("thumbnail_pic")
    author = _author(told, record)
    return {
        **author,
        **_said(words(told), told, [*(["image"] if pictures else [])]),
        "native_id": number,
        "type": "repost" if source else "post",
        "url": f"https://weibo.com/{author['author_id']}/{number}",
        "reply_to": _id(source) if source else None,
        "thread": _id(source) if source else number,
        "quoted": _quoted(source),
        "region": _region(told.get("region_name")),
        "is": [*(["repost"] if source else []), *_verified(told)],
        "likes": _count(told.get("attitudes_count")),
        "comments": _count(told.get("comments_count")),
        "shares": _count(told.get("reposts_count")),
    }


def _comment(told: Mapping[str, Any], record: Record) -> Post:
    status, parent = told.get("status") or record.get("status") or {}, told.get("reply_comment") or {}
    above, author = _id(status), _author(told, record)
    return {
        **author,
        **_said(str(told.get("text") or ""), told, []),
        "native_id": comment_id(above, _id(told)),
        "type": "comment",
        "url": _address(status),
        "reply_to": comment_id(above, _id(parent)) if parent else above,
        "thread": above,
        "is": ["reply", *_verified(told)],
    }


def _said(text: str, told: Mapping[str, Any], has: list[str]) -> Post:
    if not text.strip():
        raise Skipped("pictures without a word")
    links = list(dict.fromkeys(LINK.findall(text)))
    signs = {"link": bool(links), "mention": bool(NAMED.search(text)), "tag": bool(TAG.search(text))}
    return {
        "created_at": time_of(told.get("created_at")),
        "text": text,
        "has": [*has, *(name for name, so in signs.items() if so)],
        "links": links,
    }


def _author(told: Mapping[str, Any], record: Record) -> Post:
    user = told.get("user") or {}
    if not user:
        raise Unmappable("nobody is named as its author")
    own = _id(user) == record["uid"]
    return {
        "author": user.get("screen_name") or user.get("name"),
        "author_handle": user.get("screen_name"),
        "author_id": _id(user),
        "followers": _count(user.get("followers_count")),
        "to": None if own else record["uid"],
        "voice_given": "owned" if own else None,
    }


def _quoted(source: Mapping[str, Any]) -> str | None:
    """The text of the post that is passed on; none where its author deleted it, which Weibo says in place of it."""
    if not source or str(source.get("deleted") or "0") == "1" or not source.get("user"):
        return None
    return words(source) or None


def _address(status: Mapping[str, Any]) -> str | None:
    user = status.get("user") or {}
    return f"https://weibo.com/{_id(user)}/{_id(status)}" if user else None


def _verified(told: Mapping[str, Any]) -> list[str]:
    return ["verified"] if (told.get("user") or {}).get("verified") is True else []


def _region(told: Any) -> str | None:
    """发布于 北京"""
    return str(told or "").removeprefix("发布于").strip() or None


def _id(record: Mapping[str, Any]) -> str:
    """A number as text. Raises KeyError."""
    return str(record.get("idstr") or record["id"])


def _count(told: Any) -> int | None:
    return told if isinstance(told, int) and not isinstance(told, bool) and told >= 0 else None
