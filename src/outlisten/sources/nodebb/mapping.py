"""A post of a forum as a post. A record is the post as it came, what matters of its topic, and the forum's address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin

from lxml import html

from outlisten.sources.connector import Post, Record, Skipped, Unmappable
from outlisten.sources.html_text import NOT_XML, html_text, links

NO_PICTURE = frozenset({"emoji", "avatar", "not-responsive"})


@dataclass(frozen=True, slots=True)
class Said:
    """What a post says: its own words, the words of others that it quotes, where it links to, whether it shows a picture."""

    text: str
    quoted: str
    links: tuple[str, ...]
    has_picture: bool


def post(record: Record) -> Post:
    """The post of a record. Raises Unmappable for one without a number, Skipped for one without a word."""
    forum, topic, told = str(record["forum"]), record["topic"], record["post"]
    if not told.get("pid"):
        raise Unmappable("the post has no number")
    is_first = str(told["pid"]) == str(topic.get("mainPid"))
    words, edited = said(str(told.get("content") or ""), forum), _time(told.get("edited"))
    title = title_of(topic) if is_first else None
    if not words.text and not title:
        raise Skipped("pictures without a word")
    main = named(forum, topic["mainPid"]) if topic.get("mainPid") else None
    parent = named(forum, told["toPid"]) if told.get("toPid") else main
    return {
        "native_id": named(forum, told["pid"]),
        "created_at": _time(told.get("timestamp")),
        "edited_at": edited,
        "type": "post" if is_first else "comment",
        "title": title,
        "text": words.text,
        "quoted": words.quoted or None,
        "url": named(forum, told["pid"]),
        "thread": main,
        "reply_to": None if is_first else parent,
        "is": [kind for kind, so in _kinds(is_first=is_first, words=words, edited=edited) if so],
        "has": (["image"] if words.has_picture else []) + (["link"] if words.links else []),
        "likes": told.get("upvotes"),
        "comments": _comments(topic, told, is_first=is_first),
        "views": _count(topic.get("viewcount")) if is_first else None,
        "links": list(words.links),
        **_author(told.get("user") or {}, forum),
    }


def named(forum: str, number: object) -> str:
    """The address of a post by its number; what came from elsewhere in the Fediverse has an address for a number."""
    return str(number) if str(number).startswith(("http://", "https://")) else f"{forum}/post/{number}"


def is_gone(told: Mapping[str, Any]) -> bool:
    """Deleted: still listed, without its words."""
    return told.get("deleted") in {True, "1"}


def moment(told: object) -> int | None:
    """Milliseconds of the epoch; NodeBB before 1.10 wrote numbers as texts. None for anything else, and for 0."""
    number = _count(told)
    return number or None


def title_of(topic: Mapping[str, Any]) -> str:
    """A topic's title as it was typed."""
    return str(topic.get("titleRaw") or unescape(str(topic.get("title") or "")))


def said(markup: str, forum: str) -> Said:
    """What the author wrote, apart from quotes of others."""
    source = NOT_XML.sub("", markup)
    root = html.fragment_fromstring(source, create_parent="div", parser=html.HTMLParser(huge_tree=True))
    root.make_links_absolute(f"{forum}/", resolve_base_href=False)
    quotes = [html_text(_markup(one)) for one in root.xpath(".//blockquote[not(ancestor::blockquote)]")]
    for one in root.xpath(".//blockquote[not(ancestor::blockquote)]"):
        one.drop_tree()
    has_picture = any(not NO_PICTURE & set(str(one.get("class")).split()) for one in root.iter("img"))
    own = html_text(_markup(root))
    outer = [one for one in links(_markup(root)) if not one.startswith((f"{forum}/user/", f"{forum}/uid/"))]
    return Said(own or "\n\n".join(quotes), "\n\n".join(quotes) if own else "", tuple(outer), has_picture)


def _markup(element: Any) -> str:
    return str(html.tostring(element, encoding="unicode", with_tail=False))


def _author(user: Mapping[str, Any], forum: str) -> Post:
    """Guests have the number 0 and no account."""
    number = str(user.get("uid") or "0")
    return {
        "author": user.get("displayname") or user.get("fullname") or user.get("username") or None,
        "author_handle": user.get("username") if number != "0" else None,
        "author_id": None
        if number == "0"
        else number
        if "://" in number
        else urljoin(f"{forum}/", f"uid/{number}"),
    }


def _kinds(*, is_first: bool, words: Said, edited: datetime | None) -> list[tuple[str, bool]]:
    return [("reply", not is_first), ("quote", bool(words.quoted)), ("edited", bool(edited))]


def _comments(topic: Mapping[str, Any], told: Mapping[str, Any], *, is_first: bool) -> int | None:
    """The answers: of a first post all others of its topic."""
    if is_first and (count := _count(topic.get("postcount"))):
        return count - 1
    replies = told.get("replies")
    return _count(replies.get("count") if isinstance(replies, Mapping) else replies)


def _count(told: object) -> int | None:
    if isinstance(told, bool) or not isinstance(told, int | float | str):
        return None
    try:
        return max(int(told), 0)
    except (ValueError, OverflowError):
        return None


def _time(told: object) -> datetime | None:
    milliseconds = moment(told)
    if milliseconds is None:
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
