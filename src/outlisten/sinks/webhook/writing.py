"""A message as JSON. Its fields are those that another Outlisten takes in as a post, and `lines` for everybody else."""

from __future__ import annotations

import json
from typing import Any

from outlisten.sinks.cutting import fitted
from outlisten.sinks.message import Line, Message

MOST = 200_000  # bytes; what many systems take as one request is larger
VERSION = 1


def document(message: Message) -> dict[str, Any]:
    """The message as it is documented; fields may be added and are never taken away."""
    return {
        "version": VERSION,
        "id": message.key,
        "kind": message.kind,
        "title": message.title,
        "text": "\n".join(line.text for line in message.lines) or message.title,
        "lines": [_line(line) for line in message.lines],
        "url": message.url,
        "language": message.locale,
        "urgent": message.urgent,
        "created_at": message.at.isoformat(),
    }


def body(message: Message) -> bytes:
    """The document in UTF-8, always the same for the same message."""

    def written(one: Message) -> bytes:
        return json.dumps(document(one), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")

    return fitted(message, written, lambda raw: len(raw) <= MOST)


def _line(line: Line) -> dict[str, Any]:
    return {"text": line.text, "links": [{"text": link.text, "url": link.url} for link in line.links]}
