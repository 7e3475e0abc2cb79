"""A status as a post.

https://docs.joinmastodon.org/entities/Status/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

from outlisten.sources.connector import Post, Record, Skipped, Unmappable
from outlisten.sources.html_text import html_text
from outlisten.sources.times import utc

PUBLIC = frozenset({"public", "unlisted"})
# What people of the Fediverse write into their profile when they want to be in no archive or search.
REFUSALS = re.compile(r"#(?:nobots?|noindex|nosearch|noarchive)\b", re.IGNORECASE)
MEDIA = {"image": "image", "gifv": "video", "video": "video", "audio": "audio"}


def post(record: Record) -> Post:
    """The post of a status. Raises Skipped for what is not for us to keep, Unmappable for what no network would send.

    A post that not everyone may read is kept only where it was written to our own account, and then as a message.
    """
    status = record["status"]
    to_us = record.get("by") == "mention"
    public = status.get("visibility", "public") in PUBLIC
    if status.get("reblog"):
        raise Skipped("somebody passed on a post of somebody else")
    if not to_us and (not public or refuses(status["account"])):
        raise Skipped("not public, or its author wants to be in no search")
    if not (native_id := status.get("uri") or status.get("url")):
        raise Unmappable("the status has no address that is the same everywhere")
    server = str(record["server"])
    answers = bool(status.get("in_reply_to_id"))
    return {
        "native_id": native_id,
        "type": "message" if not public else "reply" if answers else "post",
        "created_at": utc(status.get("created_at")),
        "edited_at": utc(status.get("edited_at")),
        "title": status.get("spoiler_text") or None,
        "text": _words(status),
        "url": status.get("url") or native_id,
        "to": _addressed(status, server) if answers else record.get("account") if to_us else None,
        "reply_to": record.get("reply_to"),
        "thread": record.get("thread"),
        "quoted": _quoted(status),
        "lang_given": status.get("language"),
        "is": _is(status, answers=answers),
        "has": _has(status),
        "links": outer_links(str(status.get("content") or "")),
        "likes": status.get("favourites_count"),
        "comments": status.get("replies_count"),
        "shares": status.get("reblogs_count"),
        **_author(status["account"], server),
    }


def refuses(account: Mapping[str, Any]) -> bool:
    """Whether a profile asks to be left out of searches, by its setting or by a word in its description."""
    return account.get("noindex") is True or bool(REFUSALS.search(html_text(str(account.get("note") or ""))))


def handle(acct: str, server: str) -> str:
    """`name@host`, which a server leaves short for its own accounts."""
    return acct if "@" in acct or not acct else f"{acct}@{urlsplit(server).netloc}"


def outer_links(content: str) -> list[str]:
    """The addresses that the text links to, without those of people and hashtags."""
    if "<a" not in content.lower():
        return []
    try:
        root = html.fragment_fromstring(content, create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return []
    anchors = [anchor for anchor in root.iter("a") if not _inner(anchor)]
    found = (str(anchor.get("href") or "") for anchor in anchors)
    return list(dict.fromkeys(address for address in found if address.startswith(("http://", "https://"))))


def _inner(anchor: html.HtmlElement) -> bool:
    """Whether a link is one of a person or a hashtag."""
    kinds = f"{anchor.get('class') or ''} {anchor.get('rel') or ''}".split()
    return bool({"mention", "hashtag", "tag"} & set(kinds))


def _words(status: Mapping[str, Any]) -> str:
    """What was written: the text and the choices of a poll, else what the author wrote about the pictures."""
    poll = status.get("poll") or {}
    choices = [str(option.get("title") or "") for option in poll.get("options") or []]
    said = "\n".join(part for part in (html_text(str(status.get("content") or "")), *choices) if part)
    if said or status.get("spoiler_text"):
        return said
    about = [str(one.get("description") or "") for one in status.get("media_attachments") or []]
    if not any(about):
        raise Skipped("pictures without a word")
    return "\n".join(part for part in about if part)


def _author(account: Mapping[str, Any], server: str) -> Post:
    """The account's address is its id: its number is another one on every server."""
    acct = str(account.get("acct") or account.get("username") or "")
    return {
        "author": account.get("display_name") or account.get("username"),
        "author_handle": handle(acct, server),
        "author_id": account.get("uri") or account.get("url"),
        "followers": account.get("followers_count"),
    }


def _addressed(status: Mapping[str, Any], server: str) -> str | None:
    """The account answered: the one of that number among those mentioned, the only one mentioned, or the author itself."""
    to, mentions = status.get("in_reply_to_account_id"), status.get("mentions") or []
    if to and to == status["account"].get("id"):
        return handle(str(status["account"].get("acct") or ""), server)
    accounts = {one.get("id"): str(one.get("acct") or "") for one in mentions}
    names = set(accounts.values())
    found = accounts.get(to) or (names.pop() if len(names) == 1 else "")
    return handle(found, server) or None


def _quoted(status: Mapping[str, Any]) -> str | None:
    """The text of a quoted post, where its author agreed to be quoted."""
    quote = status.get("quote") or {}
    quoted = quote.get("quoted_status") if quote.get("state", "accepted") == "accepted" else None
    return html_text(str(quoted.get("content") or "")) or None if quoted else None


def _is(status: Mapping[str, Any], *, answers: bool) -> list[str]:
    found = {
        "reply": answers,
        "quote": bool(status.get("quote")),
        "edited": bool(status.get("edited_at")),
    }
    return [name for name, so in found.items() if so]


def _has(status: Mapping[str, Any]) -> list[str]:
    kinds = [MEDIA.get(str(one.get("type"))) for one in status.get("media_attachments") or []]
    found = dict.fromkeys(kind for kind in kinds if kind)
    if outer_links(str(status.get("content") or "")) or status.get("card"):
        found["link"] = None
    return [
        *found,
        *(["tag"] if status.get("tags") else []),
        *(["mention"] if status.get("mentions") else []),
    ]
