"""A message as a row of the database holds it, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from outlisten.sinks.message import Line, Link, Message

Json = dict[str, Any]


def as_kept(message: Message) -> Json:
    """Everything but the key."""
    return {
        "kind": message.kind, "title": message.title, "url": message.url, "locale": message.locale,
        "at": message.at.isoformat(), "urgent": message.urgent,
        "lines": [
            {"text": line.text, "links": [[link.text, link.url] for link in line.links]} for line in message.lines
        ],
    }  # fmt: skip


def as_message(key: str, told: Mapping[str, Any]) -> Message:
    """The message of a row."""
    lines = tuple(
        Line(line["text"], tuple(Link(text, url) for text, url in line["links"])) for line in told["lines"]
    )
    return Message(
        key=key, kind=told["kind"], title=told["title"], lines=lines, url=told["url"], locale=told["locale"],
        at=datetime.fromisoformat(told["at"]), urgent=told["urgent"],
    )  # fmt: skip
