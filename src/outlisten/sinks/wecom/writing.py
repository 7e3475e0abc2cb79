"""A message in WeCom's Markdown, which has no way to escape: what would be markup or a mention becomes its likeness."""

from __future__ import annotations

from typing import Any

from outlisten.sinks.cutting import cut, fitted, utf8_bytes
from outlisten.sinks.likenesses import plain
from outlisten.sinks.message import Line, Message
from outlisten.sinks.phrases import OPEN, URGENT

MOST = 4_096  # bytes of the text in UTF-8
TITLE = 100  # characters
WORDS = 60  # characters of a link


def payload(message: Message) -> dict[str, Any]:
    """What is posted to the robot."""
    return {"msgtype": "markdown", "markdown": {"content": text(message)}}


def text(message: Message) -> str:
    """The Markdown, as long as WeCom takes."""
    return fitted(message, _text, lambda written: utf8_bytes(written) <= MOST)


def _text(message: Message) -> str:
    urgent = f'<font color="warning">{URGENT.text(message.locale)}</font> ' if message.urgent else ""
    parts = [
        f"**{urgent}{plain(cut(message.title or OPEN.text(message.locale), TITLE))}**",
        *map(_line, message.lines),
    ]
    if message.url:
        parts.append(f"[{OPEN.text(message.locale)}]({message.url})")
    return "\n".join(filter(None, parts))


def _line(line: Line) -> str:
    links = (f"[{plain(cut(link.text or link.url, WORDS))}]({link.url})" for link in line.links)
    return " ".join(filter(None, [plain(line.text), *links]))
