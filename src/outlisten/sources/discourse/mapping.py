"""A post of a forum as a post. A record is the post as it came, and the forum's address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from lxml import html

from outlisten.sources.connector import Post, Record, Skipped
from outlisten.sources.html_text import NOT_XML, html_text, links
from outlisten.sources.times import utc

REGULAR, LIKE = 1, 2  # Discourse's own numbers for a kind of post and a kind of reaction
NO_PICTURE = frozenset({"emoji", "avatar"})


@dataclass(frozen=True, slots=True)
class Said:
    """What a post says: its own words, the words of others that it quotes, where it links to, whether it shows a picture."""

    text: str
    quoted: str
    links: tuple[str, ...]
    has_picture: bool


def post(record: Record) -> Post:
    """The post of a record. Raises Skipped for what the forum itself wrote: "closed this topic"."""
    forum, told = str(record["forum"]), record["post"]
    if told.get("post_type", REGULAR) != REGULAR:
        raise Skipped("a note of the forum")
    topic = f"{forum}/t/{told['topic_id']}"
    number = int(told["post_number"])
    markup = str(told["cooked"])
    words = said(markup)
    edited = utc(told.get("updated_at")) if int(told.get("version") or 1) > 1 else None
    is_first = number == 1
    return {
        "native_id": f"{topic}/{number}",
        "created_at": utc(told["created_at"]),
        "edited_at": edited,
        "type": "post" if is_first else "comment",
        "title": told.get("topic_title") if is_first else None,
        "text": words.text or html_text(markup) or str(told.get("raw") or ""),
        "quoted": words.quoted or None,
        "author": told.get("name") or None,
        "author_handle": told["username"],
        "author_id": f"{forum}/users/{told['user_id']}" if told.get("user_id") else None,
        "url": urljoin(f"{forum}/", told["post_url"]) if told.get("post_url") else f"{topic}/{number}",
        "thread": f"{topic}/1",
        "reply_to": None if is_first else f"{topic}/{int(told.get('reply_to_post_number') or 1)}",
        "is": _is(is_first=is_first, quoted=words.quoted, edited=edited),
        "has": (["image"] if words.has_picture else []) + (["link"] if words.links else []),
        "likes": _likes(told.get("actions_summary")),
        "comments": told["posts_count"] - 1 if is_first and told.get("posts_count") else told.get("reply_count"),
        "links": list(words.links),
    }  # fmt: skip


def said(markup: str) -> Said:
    """What the author wrote, apart from quotes of others and from previews of linked pages."""
    source = NOT_XML.sub("", markup)
    root = html.fragment_fromstring(source, create_parent="div", parser=html.HTMLParser(huge_tree=True))
    quotes = []
    for aside in root.xpath(".//aside[contains(concat(' ', @class, ' '), ' quote ')]"):
        quotes += [html_text(_markup(block)) for block in aside.iter("blockquote")]
        aside.drop_tree()
    linked = tuple(links(_markup(root)))
    for aside in root.xpath(".//aside"):
        aside.drop_tree()
    has_picture = any(not NO_PICTURE & set(str(one.get("class")).split()) for one in root.iter("img"))
    return Said(html_text(_markup(root)), "\n\n".join(filter(None, quotes)), linked, has_picture)


def _markup(element: Any) -> str:
    return str(html.tostring(element, encoding="unicode", with_tail=False))


def _is(*, is_first: bool, quoted: str, edited: datetime | None) -> list[str]:
    kinds = (("reply", not is_first), ("quote", bool(quoted)), ("edited", bool(edited)))
    return [kind for kind, true in kinds if true]


def _likes(summary: Any) -> int | None:
    """Likes by the summary of reactions: one that does not list them says that there are none."""
    if not isinstance(summary, list):
        return None
    return sum(int(action.get("count") or 0) for action in summary if action.get("id") == LIKE)
