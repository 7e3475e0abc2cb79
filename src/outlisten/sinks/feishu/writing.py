"""A message as a post of Feishu: text and links as elements of their own, in which nothing is markup."""

from __future__ import annotations

import base64
import hmac
import json
import re
from datetime import datetime
from hashlib import sha256
from typing import Any

from outlisten.sinks.cutting import cut, fitted
from outlisten.sinks.message import Line, Message
from outlisten.sinks.phrases import OPEN, URGENT

MOST = 18_000  # bytes of the request; Feishu takes 20 KB
TITLE = 200  # characters
LOCALES = {"en": "en_us", "zh-hans": "zh_cn"}
# Elements of text show it as it is; that no `at` is read in it does not depend on this channel alone.
AT = re.compile(r"<(?=\s*/?\s*at\b)", re.IGNORECASE)


def payload(message: Message, *, keyword: str = "", secret: str = "", now: datetime) -> dict[str, Any]:
    """What is posted to the bot; signed where there is a secret."""
    made = fitted(message, lambda one: _post(one, keyword), lambda made: length(made) <= MOST)
    return {**signed(secret, int(now.timestamp())), **made} if secret else made


def signed(secret: str, second: int) -> dict[str, str]:
    """Timestamp and signature: the HMAC-SHA256 of nothing, with time and secret as the key, as Feishu describes it."""
    key = f"{second}\n{secret}".encode()
    return {"timestamp": str(second), "sign": base64.b64encode(hmac.new(key, b"", sha256).digest()).decode()}


def length(made: dict[str, Any]) -> int:
    """Bytes of a payload as it is sent."""
    return len(json.dumps(made, ensure_ascii=False).encode())


def _post(message: Message, keyword: str) -> dict[str, Any]:
    title = f"[{URGENT.text(message.locale)}] {message.title}" if message.urgent else message.title
    rows = [_row(line) for line in message.lines if line.text or line.links]
    if message.url:
        rows.append([_link(OPEN.text(message.locale), message.url)])
    rows = rows or [[_text(OPEN.text(message.locale))]]
    content = {"title": _unmentioned(cut(title, TITLE)), "content": rows}
    if keyword and keyword not in json.dumps(content, ensure_ascii=False):
        rows.append([_text(keyword)])
    return {"msg_type": "post", "content": {"post": {LOCALES[message.locale]: content}}}


def _row(line: Line) -> list[dict[str, Any]]:
    row = [_text(line.text)] if line.text else []
    for link in line.links:
        row += [*([_text(" ")] if row else []), _link(cut(link.text or link.url, TITLE), link.url)]
    return row


def _text(words: str) -> dict[str, Any]:
    return {"tag": "text", "text": _unmentioned(words)}


def _link(words: str, url: str) -> dict[str, Any]:
    return {"tag": "a", "text": _unmentioned(words), "href": url}


def _unmentioned(words: str) -> str:
    return AT.sub("＜", words)
