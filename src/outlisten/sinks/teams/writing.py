"""A message as an Adaptive Card: runs of text, in which nothing is markup, and links as actions of their own."""

from __future__ import annotations

import json
from typing import Any

from outlisten.sinks.cutting import cut, fitted
from outlisten.sinks.message import Line, Message
from outlisten.sinks.phrases import OPEN

MOST = 24_000  # bytes of the whole request; Teams takes 28 KB and adds to it
TITLE = 300  # characters
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
KIND = "application/vnd.microsoft.card.adaptive"


def payload(message: Message) -> dict[str, Any]:
    """What is posted to the workflow."""
    return fitted(message, _payload, lambda made: length(made) <= MOST)


def length(made: dict[str, Any]) -> int:
    """Bytes of a payload as it is sent."""
    return len(json.dumps(made, ensure_ascii=False).encode())


def _payload(message: Message) -> dict[str, Any]:
    title = cut(message.title or OPEN.text(message.locale), TITLE)
    run = {"type": "TextRun", "text": title, "weight": "bolder", "size": "large"}
    if message.urgent:
        run["color"] = "attention"
    card: dict[str, Any] = {
        "type": "AdaptiveCard", "$schema": SCHEMA, "version": "1.4", "fallbackText": title,
        "lang": "zh-Hans" if message.locale == "zh-hans" else "en",
        "msteams": {"width": "Full"},  # without `entities`, so that no text in the card can mention anybody
        "body": [_block([run]), *(_block(_runs(line)) for line in message.lines if line.text or line.links)],
    }  # fmt: skip
    if message.url:
        card["actions"] = [{"type": "Action.OpenUrl", "title": OPEN.text(message.locale), "url": message.url}]
    return {"type": "message", "attachments": [{"contentType": KIND, "contentUrl": None, "content": card}]}


def _block(runs: list[dict[str, Any]]) -> dict[str, Any]:
    # TextBlock would read Markdown; a RichTextBlock shows its runs as they are.
    return {"type": "RichTextBlock", "inlines": runs}


def _runs(line: Line) -> list[dict[str, Any]]:
    links = (
        {
            "type": "TextRun", "text": cut(link.text or link.url, TITLE), "color": "accent",
            "selectAction": {"type": "Action.OpenUrl", "url": link.url},
        }
        for link in line.links
    )  # fmt: skip
    runs: list[dict[str, Any]] = [{"type": "TextRun", "text": line.text}] if line.text else []
    for link in links:
        runs += [{"type": "TextRun", "text": " "}, link] if runs else [link]
    return runs
