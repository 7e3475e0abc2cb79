"""A feed document as records: RSS and Atom as feedparser reads them, JSON Feed 1.1 as it is."""

from __future__ import annotations

import io
import json
import re
import time
from calendar import timegm
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from outlisten.sources.fetching import Answer
from outlisten.sources.problems import shown

# Of a feed's own description every record carries what its mapping needs.
ABOUT = ("title", "link", "language", "author")
# What feedparser meets in feeds that are cut, mixed in encoding or otherwise damaged.
DAMAGED = (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError, OverflowError)
REFERENCE = re.compile(rb"&#(?:([0-9]{7,})|[xX]([0-9a-fA-F]{6,}));")


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries as records, in the feed's order, and the address of the page of older ones (RFC 5005, or JSON Feed)."""

    title: str
    records: list[dict[str, Any]]
    older: str | None


def parsed(answer: Answer, of: str = "") -> Feed | None:
    """The feed in an answer, or None when it is none. `of` is the address that names the feed, where it is another one: ids
    that are unique inside a feed stay the same when it moves, and in the pages of its archive."""
    of = of or answer.stands_at or answer.address
    if answer.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_feed(answer, of)
    # A query may hold a key, and what entries are resolved against is kept beside posts.
    headers = {
        "content-type": answer.headers.get("content-type", ""),
        "content-location": shown(answer.address),
    }
    # A stream, for feedparser opens what might be the name of a file, and any server could name one of ours.
    body = io.BytesIO(REFERENCE.sub(_possible, answer.body))
    try:
        found = feedparser.parse(body, response_headers=headers, sanitize_html=False)
    except DAMAGED:
        return None
    if not found.get("version") and not found.entries:
        return None
    about = {name: found.feed.get(name) for name in ABOUT if found.feed.get(name)} | _named(of)
    records = [{"feed": about, "entry": entry} for entry in _told_apart(plain(found.entries))]
    links = {link.get("rel"): link.get("href") for link in found.feed.get("links", [])}
    older = links.get("prev-archive") or links.get("next")
    return Feed(str(about.get("title") or ""), records, _joined(answer.address, older))


def _possible(reference: re.Match[bytes]) -> bytes:
    """A reference to a character there is; one beyond Unicode, at which feedparser stops, is the sign for an unknown one."""
    digits, base = (reference[1], 10) if reference[1] else (reference[2], 16)
    return reference[0] if len(digits) < 12 and int(digits, base) <= 0x10FFFF else b"&#65533;"


def _named(feed: str) -> dict[str, str]:
    """The feed's name: its address, with a digest in place of the query, which may hold a key."""
    query = urlsplit(feed).query
    digest = f"?{blake2b(query.encode(), digest_size=6).hexdigest()}" if query else ""
    return {"address": shown(feed) + digest}


def _told_apart(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries; those that have no id, and one link in common, are marked: their link names none of them."""
    links = Counter(entry.get("link") for entry in entries if not entry.get("id"))
    return [entry | ({"link_shared": True} if links[entry.get("link")] > 1 else {}) for entry in entries]


def _joined(base: str, address: Any) -> str | None:
    try:
        return urljoin(base, address) if address and isinstance(address, str) else None
    except ValueError:
        return None


def _json_feed(answer: Answer, of: str) -> Feed | None:
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
    if (
        not isinstance(told, dict)
        or "jsonfeed.org" not in str(told.get("version"))
        or not isinstance(told.get("items"), list)
    ):
        return None
    about = {"title": told.get("title"), "link": told.get("home_page_url"), "language": told.get("language")}
    about = {name: value for name, value in about.items() if value} | _named(of)
    records = [{"feed": about, "item": item} for item in told["items"]]
    return Feed(str(about.get("title") or ""), records, _joined(answer.address, told.get("next_url")))


def plain(value: Any) -> Any:
    """What feedparser gives as JSON: times as seconds of the epoch, texts, lists and tables as they are."""
    if isinstance(value, time.struct_time):
        return _seconds(value)
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _seconds(when: time.struct_time) -> int | None:
    """Seconds of the epoch; nothing for dates no calendar has."""
    try:
        return timegm(when)
    except (OverflowError, ValueError):
        return None
