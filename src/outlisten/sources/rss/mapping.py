"""A feed's entry as a post."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from dateutil import parser as dates

from outlisten.posts.files.dates import DateReader
from outlisten.posts.files.problems import RowProblem
from outlisten.sources.connector import Post, Record, Unmappable
from outlisten.sources.html_text import html_text, links

# Ids that are unique in the whole world; others are only so inside their feed.
WORLDWIDE = ("http://", "https://", "tag:", "urn:", "yt:", "at://", "acct:")
MAIL = re.compile(r"[(<]?(?:mailto:)?[^\s()<>@]+@[^\s()<>@]+[)>]?")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
YEAR_FIRST = re.compile(r"\d{4}(?!\d|-|T|$)")
READER = DateReader(UTC, "year-first", datetime(2100, 1, 1, tzinfo=UTC))
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{1,8}){0,3}")


def post(record: Record) -> Post:
    """The post of an entry of RSS, Atom or JSON Feed. Raises Unmappable for an entry that says nothing."""
    about = record["feed"]
    found = _item(record["item"], about) if "item" in record else _entry(record["entry"], about)
    found["native_id"] = _worldwide(found["native_id"], str(about["address"]))
    if not found["text"] and not found["title"]:
        if not found["url"]:
            raise Unmappable("the entry has no title, no text and no link")
        found["text"] = found["url"]
    return {"type": "article", "lang_given": _language(about.get("language")), **found}


def _entry(entry: Mapping[str, Any], about: Mapping[str, Any]) -> Post:
    markup = _longest([*(part.get("value") for part in entry.get("content", [])), entry.get("summary")])
    written, day = _dated(entry, "published")
    edited, edit_day = _dated(entry, "updated")
    address = _address(entry.get("link"), about)
    return {
        "native_id": entry.get("id") or _named(entry, address),
        "created_at": written or edited,
        "date_only": day if written else edit_day,
        "edited_at": _later(edited, written),
        "title": html_text(entry["title"]) if entry.get("title") else None,
        "text": html_text(markup),
        "author": _author(entry),
        "url": address,
        "comments": _count(entry.get("slash_comments")),
        "has": _has(markup, [*_enclosed(entry), *entry.get("media_content", [])]),
        "links": links(markup),
    }


def _item(item: Mapping[str, Any], about: Mapping[str, Any]) -> Post:
    """JSON Feed, version 1.1 (jsonfeed.org/version/1.1)."""
    if not isinstance(item, Mapping):
        raise Unmappable("the item is no object")
    markup = str(item.get("content_html") or "")
    said = str(item.get("content_text") or "") or html_text(markup) or str(item.get("summary") or "")
    authors = _tables(item.get("authors")) + _tables([item.get("author")])
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
        "has": _has(markup, [{"type": one.get("mime_type")} for one in _tables(item.get("attachments"))]),
        "links": links(markup),
    }


def _named(entry: Mapping[str, Any], address: str | None) -> str | None:
    """What names an entry that has no id: its link, with its title where others have the same link."""
    title = str(entry.get("title") or entry.get("summary") or "")
    if address and entry.get("link_shared"):
        return f"{address}#{title}"
    return address or title or None


def _enclosed(entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What is attached, such as the sound of a podcast."""
    return [link for link in _tables(entry.get("links")) if link.get("rel") == "enclosure"]


def _tables(told: Any) -> list[Mapping[str, Any]]:
    """The tables in a list; none where there is no list, or something else in it."""
    return [one for one in told if isinstance(one, Mapping)] if isinstance(told, list) else []


def _language(told: Any) -> str | None:
    """A language as BCP 47 writes it; nothing where a feed names none, or says something else."""
    name = str(told or "").strip()
    return name.replace("_", "-") if LANGUAGE.fullmatch(name) else None


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
    """The author's name; the mail address where a feed gives nothing else.

    Taken from the author as written: what feedparser takes apart knows no mail address that ends in `.online` or `.中国`.
    """
    said = str(entry.get("author") or (entry.get("author_detail") or {}).get("name") or "")
    name = MAIL.sub("", said).strip(" ()<>") if MAIL.search(said) else said
    return html_text(name) or said.strip(" ()<>") or None


def _address(link: Any, about: Mapping[str, Any]) -> str | None:
    """The web address an entry links to, whole; nothing where it is none."""
    try:
        address = urljoin(str(about.get("link") or about["address"]), str(link).strip()) if link else ""
    except ValueError:
        return None
    return address if address.startswith(("http://", "https://")) else None


def _dated(entry: Mapping[str, Any], name: str) -> tuple[datetime | None, bool]:
    """When an entry was published or updated, and whether only the day is told."""
    said = str(entry.get(name) or "").strip()
    if not YEAR_FIRST.match(said):
        return _when(entry.get(f"{name}_parsed")), bool(DAY.fullmatch(said))
    # Of 2026年11月30日 or 2026/11/30 feedparser takes the year, and the month from the clock.
    try:
        moment = READER.read(said)
    except RowProblem:
        return None, False
    return (_when(moment.seconds), moment.date_only) if moment else (None, False)


def _when(seconds: Any) -> datetime | None:
    return (
        datetime.fromtimestamp(seconds, UTC)
        if isinstance(seconds, int | float) and 0 < seconds < 4e9
        else None
    )


def _iso(said: Any) -> datetime | None:
    try:
        when: datetime = dates.isoparse(str(said))
        return _when((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return None


def _later(edited: datetime | None, written: datetime | None) -> datetime | None:
    return edited if edited and written and edited > written else None


def _count(said: Any) -> int | None:
    text = str(said or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _has(markup: str, attached: list[Mapping[str, Any]]) -> list[str]:
    """What goes with the words."""
    kinds = {str(one.get("type") or one.get("medium") or "").split("/")[0] for one in attached}
    found = [kind for kind in ("image", "video", "audio") if kind in kinds]
    if "<img" in markup and "image" not in found:
        found.append("image")
    return found + (["link"] if links(markup) else [])
