"""A feed document as records: RSS and Atom as feedparser reads them, JSON Feed 1.1 as it is."""

from __future__ import annotations

import json
import time
from calendar import timegm
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import feedparser

from outlisten.sources.fetching import Answer

# Of a feed's own description every record carries what its mapping needs.
ABOUT = ("title", "link", "language", "author")


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries as records, in the feed's order, and the address of the page of older ones (RFC 5005, or JSON Feed)."""

    title: str
    records: list[dict[str, Any]]
    older: str | None


def parsed(answer: Answer) -> Feed | None:
    """The feed in an answer, or None when it is none."""
    if answer.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_feed(answer)
    headers = {"content-type": answer.headers.get("content-type", ""), "content-location": answer.address}
    found = feedparser.parse(answer.body, response_headers=headers, sanitize_html=False)
    if not found.version and not found.entries:
        return None
    about = {name: found.feed.get(name) for name in ABOUT if found.feed.get(name)} | {
        "address": answer.address
    }
    records = [{"feed": about, "entry": plain(entry)} for entry in found.entries]
    links = {link.get("rel"): link.get("href") for link in found.feed.get("links", [])}
    return Feed(str(about.get("title") or ""), records, links.get("prev-archive") or links.get("next"))


def _json_feed(answer: Answer) -> Feed | None:
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
    about = {name: value for name, value in about.items() if value} | {"address": answer.address}
    records = [{"feed": about, "item": item} for item in told["items"]]
    return Feed(str(about.get("title") or ""), records, told.get("next_url"))


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
