"""A message in DingTalk's Markdown, which has no way to escape: what would be markup becomes its likeness."""

from __future__ import annotations

import base64
import hmac
import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from outlisten.sinks.cutting import cut, fitted
from outlisten.sinks.likenesses import plain
from outlisten.sinks.message import Line, Message
from outlisten.sinks.phrases import OPEN, URGENT

MOST = 18_000  # bytes of the request; DingTalk takes 20,000
TITLE = 200  # characters


def payload(message: Message, *, keyword: str = "") -> dict[str, Any]:
    """What is posted to the robot. Nobody is called: that takes an `at` beside the text."""
    return fitted(message, lambda one: _markdown(one, keyword), lambda made: length(made) <= MOST)


def signed(secret: str, now: datetime) -> dict[str, str]:
    """What goes along in the address: milliseconds, and the HMAC-SHA256 of these and the secret."""
    milliseconds = str(int(now.timestamp() * 1000))
    said = f"{milliseconds}\n{secret}".encode()
    return {
        "timestamp": milliseconds,
        "sign": base64.b64encode(hmac.new(secret.encode(), said, sha256).digest()).decode(),
    }


def length(made: dict[str, Any]) -> int:
    """Bytes of a payload as it is sent."""
    return len(json.dumps(made, ensure_ascii=False).encode())


def _markdown(message: Message, keyword: str) -> dict[str, Any]:
    urgent = f"【{URGENT.text(message.locale)}】" if message.urgent else ""
    title = urgent + plain(cut(message.title or OPEN.text(message.locale), TITLE))
    parts = [f"### {title}", *map(_line, message.lines)]
    if message.url:
        parts.append(f"[{OPEN.text(message.locale)}]({message.url})")
    text = "\n\n".join(filter(None, parts))
    if keyword and keyword not in text:
        text += f"\n\n{keyword}"
    return {"msgtype": "markdown", "markdown": {"title": title, "text": text}}


def _line(line: Line) -> str:
    links = (f"[{plain(cut(link.text or link.url, TITLE))}]({link.url})" for link in line.links)
    return " ".join(filter(None, [plain(line.text), *links]))
