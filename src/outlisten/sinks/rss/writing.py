"""Messages as a document in Atom (RFC 4287): the newest first, each with an id that stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as Xml

from outlisten.sinks.cutting import cut, fitted
from outlisten.sinks.html import paragraphs
from outlisten.sinks.message import Message, on_one_line
from outlisten.sinks.phrases import OPEN, SENDER, URGENT

ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LANGUAGES = {"en": "en", "zh-hans": "zh-Hans"}
MOST = 50_000  # characters of an entry
TITLE = 300  # characters
MEDIA_TYPE = "application/atom+xml; charset=utf-8"


def entry_id(message: Message) -> str:
    """The same for the same key of the same Outlisten, and for no other: readers show an id once."""
    return uuid5(NAMESPACE_URL, f"{urlsplit(message.url).netloc}#{message.key}").urn


def feed(messages: Iterable[Message], *, title: str, address: str, entries: int = 50) -> bytes:
    """The document served at `address`; a message that is there twice is written once."""
    newest: dict[str, Message] = {}
    for message in sorted(messages, key=lambda one: one.at, reverse=True):
        newest.setdefault(entry_id(message), message)
    shown = list(newest.values())[: max(entries, 1)]
    Xml.register_namespace("", ATOM)
    root = Xml.Element(f"{{{ATOM}}}feed")
    _add(root, "id", uuid5(NAMESPACE_URL, address).urn)
    _add(root, "title", on_one_line(title) or SENDER)
    _add(root, "updated", _time(max((one.at for one in shown), default=datetime.fromtimestamp(0, UTC))))
    _add(root, "link", rel="self", href=address, type="application/atom+xml")
    _add(_add(root, "author"), "name", SENDER)
    for message in shown:
        _entry(root, message)
    document: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _entry(root: Xml.Element, message: Message) -> None:
    entry = _add(root, "entry")
    entry.set(LANG, LANGUAGES[message.locale])
    urgent = f"{URGENT.text(message.locale)}: " if message.urgent else ""
    _add(entry, "id", entry_id(message))
    _add(entry, "title", urgent + cut(message.title or OPEN.text(message.locale), TITLE), type="text")
    _add(entry, "updated", _time(message.at))
    _add(entry, "published", _time(message.at))
    if message.url:
        _add(entry, "link", rel="alternate", href=message.url)
    _add(entry, "category", term=message.kind)
    _add(entry, "content", fitted(message, paragraphs, lambda html: len(html) <= MOST), type="html")


def _add(parent: Xml.Element, name: str, words: str = "", **attributes: str) -> Xml.Element:
    made = Xml.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    made.text = words or None
    return made


def _time(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
