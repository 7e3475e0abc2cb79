"""A message as a conversation: a contact that is named after it, and its words in Markdown."""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Any

from outlisten.sinks.cutting import cut, fitted
from outlisten.sinks.keys import short
from outlisten.sinks.markdown import escaped, written
from outlisten.sinks.message import Message
from outlisten.sinks.phrases import SENDER, URGENT

MOST = 20_000  # characters of a message
NAME = 100  # characters of a contact's name
TITLE = 250  # characters


def source_id(key: str, inbox: str) -> str:
    """The contact of this message. Who knows it can read the conversation, so that nobody else can work it out."""
    return f"outlisten-{short(key, inbox)}"


def contact(message: Message, inbox: str, hmac_secret: str = "") -> dict[str, Any]:
    """What the contact is created with, or found by."""
    name, identifier = (
        f"{SENDER} · {message.title}" if message.title else SENDER,
        source_id(message.key, inbox),
    )
    proof = {}
    if hmac_secret:
        said = hmac.new(hmac_secret.encode(), identifier.encode(), sha256).hexdigest()
        proof = {"identifier": identifier, "identifier_hash": said}
    return {"source_id": identifier, "name": cut(name, NAME), **proof}


def content(message: Message) -> str:
    """The words of the conversation's first message."""
    return fitted(message, _content, lambda text: len(text) <= MOST)


def _content(message: Message) -> str:
    urgent = f"{URGENT.text(message.locale)}: " if message.urgent else ""
    title = f"**{escaped(urgent + cut(message.title, TITLE))}**" if message.title else ""
    return "\n\n".join(filter(None, [title, written(message)])) or SENDER
