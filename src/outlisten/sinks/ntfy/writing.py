"""A message as a notification: plain words, three links as buttons, and the rest behind a tap."""

from __future__ import annotations

import json
from typing import Any

from outlisten.sinks.cutting import cut, fitted, utf8_bytes
from outlisten.sinks.message import Link, Message
from outlisten.sinks.phrases import OPEN

MOST = 4_000  # bytes of the words; ntfy makes a file of more than 4,096
WHOLE = 8_000  # bytes of the JSON; ntfy reads twice as much as the words may have
TITLE = 150  # characters
BUTTONS = 3  # buttons of a notification
ADDRESS = 500  # characters; a longer one stands in no button
PRIORITIES = {"alert": 3, "digest": 2, "test": 3}
MOST_URGENT = 5


def payload(message: Message, topic: str) -> dict[str, Any]:
    """What is posted to the server."""

    def fits(made: dict[str, Any]) -> bool:
        whole = len(json.dumps(made, ensure_ascii=False).encode())
        return utf8_bytes(made["message"]) <= MOST and whole <= WHOLE

    return fitted(message, lambda one: _payload(one, topic), fits)


def _payload(message: Message, topic: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "topic": topic,
        "title": cut(message.title or OPEN.text(message.locale), TITLE),
        # Without words ntfy would write some of its own.
        "message": "\n".join(line.text for line in message.lines if line.text) or OPEN.text(message.locale),
        "priority": MOST_URGENT if message.urgent else PRIORITIES[message.kind],
        "tags": ["rotating_light" if message.urgent else "speech_balloon"],
    }
    if message.url and len(message.url) <= ADDRESS:
        made["click"] = message.url
    links = [link for line in message.lines for link in line.links if len(link.url) <= ADDRESS]
    if links:
        made["actions"] = [_button(link) for link in links[:BUTTONS]]
    return made


def _button(link: Link) -> dict[str, Any]:
    return {"action": "view", "label": cut(link.text or link.url, 40), "url": link.url}
