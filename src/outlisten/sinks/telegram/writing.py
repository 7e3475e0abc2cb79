"""A message in the HTML that Telegram reads: a title in bold, sentences, links; everything else escaped."""

from __future__ import annotations

from typing import Any

from outlisten.sinks.cutting import cut, fitted, utf16_units
from outlisten.sinks.likenesses import nobody_called
from outlisten.sinks.message import Line, Message
from outlisten.sinks.phrases import OPEN, URGENT

MOST = 4_096  # units of UTF-16, counted after the marks are read
TITLE = 200  # characters
Part = tuple[str, str]  # what is shown, and the HTML of it


def payload(message: Message) -> dict[str, Any]:
    """What `sendMessage` takes beside the chat."""
    _, html = fitted(message, _written, lambda parts: utf16_units(parts[0]) <= MOST)
    return {
        "text": html, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True},
        "disable_notification": message.kind == "digest" and not message.urgent,
    }  # fmt: skip


def escaped(text: str) -> str:
    """Words that stay words and call nobody. Telegram asks for these three signs."""
    return nobody_called(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _written(message: Message) -> Part:
    urgent = f"{URGENT.text(message.locale)}: " if message.urgent else ""
    title = urgent + cut(message.title or OPEN.text(message.locale), TITLE)
    parts = [(nobody_called(title), f"<b>{escaped(title)}</b>"), *map(_line, message.lines)]
    if message.url:
        parts.append(_link(OPEN.text(message.locale), message.url))
    shown = [part for part in parts if part[0]]
    return "\n\n".join(words for words, _ in shown), "\n\n".join(html for _, html in shown)


def _line(line: Line) -> Part:
    parts = [(nobody_called(line.text), escaped(line.text))] if line.text else []
    parts += [_link(cut(link.text or link.url, TITLE), link.url) for link in line.links]
    return " ".join(words for words, _ in parts), " ".join(html for _, html in parts)


def _link(words: str, url: str) -> Part:
    return nobody_called(words), f'<a href="{url.replace("&", "&amp;")}">{escaped(words)}</a>'
