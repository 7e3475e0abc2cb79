"""A message as a ticket: an internal note in simple HTML."""

from __future__ import annotations

from typing import Any

from outlisten.sinks.cutting import cut, fitted
from outlisten.sinks.html import paragraphs
from outlisten.sinks.keys import short
from outlisten.sinks.message import Message
from outlisten.sinks.phrases import OPEN

MOST = 60_000  # characters of a comment; Zendesk takes 65,535
SUBJECT = 150  # characters; longer subjects are hard to read in its lists


def external_id(key: str) -> str:
    """What a ticket of this message is found by."""
    return f"outlisten-{short(key)}"


def ticket(message: Message) -> dict[str, Any]:
    """What a ticket is created with."""
    note = fitted(message, paragraphs, lambda html: len(html) <= MOST)
    title = cut(message.title or OPEN.text(message.locale), SUBJECT)
    return {
        "subject": title, "comment": {"html_body": note or title, "public": False},
        "external_id": external_id(message.key), "tags": ["outlisten", f"outlisten_{message.kind}"],
        "priority": "urgent" if message.urgent else "normal",
    }  # fmt: skip
