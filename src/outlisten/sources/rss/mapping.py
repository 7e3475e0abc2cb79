"""A feed's entry as a post."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from dateutil import parser as dates

from outlisten.sources.connector import Post, Record, Unmappable
from outlisten.sources.html_text import html_text, links

# Ids that are unique in the whole world; others are only so inside their feed.
WORLDWIDE = ("http://", "https://", "tag:", "urn:", "yt:", "at://", "acct:")


def post(record: Record) -> Post:
    """The post of an entry of RSS, Atom or JSON Feed. Raises Unmappable for an entry that says nothing."""
    about = record["feed"]
    found = _item(record["item"], about) if "item" in record else _entry(record["entry"], about)
    found["native_id"] = _worldwide(found["native_id"], str(about["address"]))
    if not found["text"] and not found["title"]:
        if not found["url"]:
            raise Unmappable("the entry has no title, no text and no link")
        found["text"] = found["url"]
    return {"type": "article", "lang_given": about.get("language"), **found}


def _entry(entry: Mapping[str, Any], about: Mapping[str, Any]) -> Post:
    markup = _longest([*(part.get("value") for part in entry.get("content", [])), entry.get("summary")])
    written = _when(entry.get("published_parsed")) or _when(entry.get("updated_parsed"))
    address = _address(entry.get("link"), about)
    return {
        "native_id": entry.get("id") or address or entry.get("title"),
        "created_at": written,
        "edited_at": _later(_when(entry.get("updated_parsed")), written),
        "title": html_text(entry["title"]) if entry.get("title") else None,
        "text": html_text(markup),
        "author": _author(entry),
        "url": address,
        "comments": _count(entry.get("slash_comments")),
        "has": _has(markup, entry.get("enclosures", []) + entry.get("media_content", [])),
        "links": links(markup),
    }


def _item(item: Mapping[str, Any], about: Mapping[str, Any]) -> Post:
    """JSON Feed, version 1.1 (jsonfeed.org/version/1.1)."""
    if not isinstance(item, Mapping):
        raise Unmappable("the item is no object")
    markup = str(item.get("content_html") or "")
    said = str(item.get("content_text") or "") or html_text(markup) or str(item.get("summary") or "")
    authors = [*item.get("authors", []), item.get("author") or {}]
    written = _iso(item.get("date_published")) or _iso(item.get("date_modified"))
    address = _address(item.get("url") or item.get("external_url"), about)
    return {
        "native_id": str(item.get("id") or address or item.get("title") or "") or None,
        "created_at": written,
        "edited_at": _later(_iso(item.get("date_modified")), written),
        "title": html_text(str(item["title"])) if item.get("title") else None,
        "text": said.strip(),
        "author": next((str(one["name"]) for one in authors if one.get("name")), None),
        "url": address,
        "has": _has(markup, [{"type": one.get("mime_type")} for one in item.get("attachments", [])]),
        "links": links(markup),
    }


def _worldwide(identifier: Any, feed: str) -> str | None:
    if not identifier:
        return None
    name = str(identifier)
    return (
        name
        if name.startswith(WORLDWIDE)
        else f"{urlsplit(feed)._replace(scheme='', fragment='').geturl()}#{name}"
    )


def _longest(parts: list[Any]) -> str:
    return max((str(part) for part in parts if part), key=len, default="")


def _author(entry: Mapping[str, Any]) -> str | None:
    detail = entry.get("author_detail") or {}
    name = detail.get("name") or entry.get("author") or detail.get("email")
    return html_text(str(name)) or None if name else None


def _address(link: Any, about: Mapping[str, Any]) -> str | None:
    return urljoin(str(about.get("link") or about["address"]), str(link)) if link else None


def _when(seconds: Any) -> datetime | None:
    return (
        datetime.fromtimestamp(seconds, UTC)
        if isinstance(seconds, int | float) and 0 < seconds < 4e9
        else None
    )


def _iso(said: Any) -> datetime | None:
    try:
        when: datetime = dates.isoparse(str(said))
    except (ValueError, OverflowError):
        return None
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)


def _later(edited: datetime | None, written: datetime | None) -> datetime | None:
    return edited if edited and written and edited > written else None


def _count(said: Any) -> int | None:
    text = str(said or "")
    return int(text) if text.isascii() and text.isdigit() else None


def _has(markup: str, attached: list[Mapping[str, Any]]) -> list[str]:
    """What goes with the words."""
    kinds = {str(one.get("type") or one.get("medium") or "").split("/")[0] for one in attached}
    found = [kind for kind in ("image", "video", "audio") if kind in kinds]
    if "<img" in markup and "image" not in found:
        found.append("image")
    return found + (["link"] if links(markup) else [])
