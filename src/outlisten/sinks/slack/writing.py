"""A message in blocks of Slack: sentences of plain words, and links in Slack's own marks."""

from __future__ import annotations

from typing import Any

from outlisten.sinks.cutting import cut, fitted
from outlisten.sinks.likenesses import plain
from outlisten.sinks.message import Line, Link, Message
from outlisten.sinks.phrases import OPEN, URGENT

MOST = 12_000  # characters of all blocks together, so that a channel is not flooded; Slack takes 50 blocks of 3,000
BLOCK = 3_000  # characters of a section
TITLE = 150  # characters of a header
MOST_BLOCKS = 50
ADDRESS = 1_000  # characters; a link with a longer one would not fit beside others


def escaped(text: str) -> str:
    """Words that stay words: without the marks of links, channels and people. Slack asks for these three signs and no other."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def payload(message: Message) -> dict[str, Any]:
    """What is posted to the webhook."""
    return fitted(message, _payload, _fits)


def _payload(message: Message) -> dict[str, Any]:
    title = f"{URGENT.text(message.locale)}: {message.title}" if message.urgent else message.title
    blocks: list[dict[str, Any]] = []
    if title:
        blocks.append({"type": "header", "text": _plain(cut(title, TITLE))})
    for line in message.lines:
        blocks += _line(line)
    if message.url:
        blocks.append(_links((Link(OPEN.text(message.locale), message.url),)))
    # The text is what notifications show; markup in it is off, and so is the search for addresses and names.
    text = escaped(cut(title or OPEN.text(message.locale), TITLE))
    return {"text": text, "mrkdwn": False, "unfurl_links": False, "unfurl_media": False, "blocks": blocks}


def _line(line: Line) -> list[dict[str, Any]]:
    """A sentence is plain text, in which nothing is markup: neither a star nor a mention."""
    made: list[dict[str, Any]] = []
    if line.text:
        made.append({"type": "section", "text": _plain(cut(line.text, BLOCK))})
    if links := tuple(link for link in line.links if len(link.url) <= ADDRESS):
        made.append(_links(links))
    return made


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def _links(links: tuple[Link, ...]) -> dict[str, Any]:
    """Links one after the other, as many as a block holds. Their words could close the mark or format, so that both is undone."""
    text = ""
    for link in links:
        one = f"<{escaped(link.url)}|{escaped(plain(cut(link.text or link.url, 150)))}>"
        if len(text) + len(one) + 3 > BLOCK:
            break
        text += f" · {one}" if text else one
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def _fits(made: dict[str, Any]) -> bool:
    return len(made["blocks"]) <= MOST_BLOCKS and sum(map(_length, made["blocks"])) <= MOST


def _length(block: dict[str, Any]) -> int:
    return sum(len(one["text"]) for one in ([block["text"]] if "text" in block else block["elements"]))
