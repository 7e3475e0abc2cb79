"""Telegram's side as it is documented: it holds updates until they are confirmed, and forgets what is."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import httpx2
from tests.sources.network import told

TOKEN = "123456:s3cr3t-token_s3cr3t"
CHAT = {"id": -1001234567890, "title": "Acme 用户群", "username": "acme_users", "type": "supergroup"}


@dataclass
class BotApi:
    """Answers getMe, getUpdates and sendMessage. `refusal` is what the next requests for `refused` are answered with."""

    waiting: list[dict[str, Any]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refused: str = ""
    refusal: httpx2.Response | None = None

    def hears(self, *texts: str, first: int = 1, chat: dict[str, Any] = CHAT) -> None:
        """New messages, numbered from `first`."""
        for number, text in enumerate(texts, first):
            person = {"id": 9001, "is_bot": False, "first_name": "丽"}
            message = {"message_id": number, "from": person, "chat": chat, "date": 1_796_000_000 + number}
            self.waiting.append({"update_id": number, "message": {**message, "text": text}})

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        bot, _, method = request.url.path.rpartition("/")
        asked = json.loads(request.content)
        self.asked.append((method, asked))
        if self.refusal is not None and self.refused in {"", method}:
            return self.refusal
        if bot != f"/bot{TOKEN}":
            return refusal(401, "Unauthorized")
        if method == "getMe":
            return good({"id": 123456, "is_bot": True, "first_name": "Acme", "username": "acme_bot"})
        return self._updates(asked) if method == "getUpdates" else self._send(asked)

    def _updates(self, asked: dict[str, Any]) -> httpx2.Response:
        if "offset" in asked:
            self.waiting = [one for one in self.waiting if one["update_id"] >= asked["offset"]]
        return good(self.waiting[: asked["limit"]])

    def _send(self, asked: dict[str, Any]) -> httpx2.Response:
        self.sent.append(asked)
        message = {"message_id": 900 + len(self.sent), "date": 1_796_000_900, "text": asked["text"]}
        return good({**message, "chat": {**CHAT, "id": asked["chat_id"]}})


def good(result: Any) -> httpx2.Response:
    return told({"ok": True, "result": result})


def refusal(status: int, description: str, **parameters: Any) -> httpx2.Response:
    """A refusal as documented: https://core.telegram.org/bots/api#making-requests"""
    body = {"ok": False, "error_code": status, "description": description}
    return told({**body, "parameters": parameters} if parameters else body, status)
