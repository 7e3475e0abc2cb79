"""A bot of Telegram in one chat."""

from __future__ import annotations

import re
from typing import Any

from outlisten.sinks.message import Message
from outlisten.sinks.sink import Delivered, Reached, Sink
from outlisten.sinks.telegram.writing import payload
from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Answer
from outlisten.sources.problems import (
    CredentialRefused,
    NotAllowed,
    NotThere,
    ShapeChanged,
    SourceProblem,
    Throttled,
    WrongOption,
)
from outlisten.sources.said import Said

TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}")
NO_TOKEN = Said("a token of @BotFather looks like 123456:ABC…", "@BotFather 给出的令牌形如 123456:ABC…")
PACE = 1.0  # seconds between two messages
JUDGED = (400, 401, 403, 404, 429)


class Telegram(Sink):
    """Sends to one chat. The token stands in addresses, as Telegram wants it."""

    PACKAGE = "outlisten.sinks.telegram"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._token = self.secret("token")
        if not TOKEN.fullmatch(self._token):
            raise WrongOption(option=self.title("token"), reason=NO_TOKEN)
        self._chat = setting.text("chat")

    def send(self, message: Message) -> Delivered:
        topic = {"message_thread_id": number} if (number := self.setting.options.get("topic")) else {}
        told, answer = self._asked(
            "POST", "sendMessage", json={"chat_id": self._chat, **topic, **payload(message)}, pace=PACE
        )
        number, chat = told.get("message_id"), told.get("chat")
        address = _address(chat if isinstance(chat, dict) else {}, number)
        return Delivered(str(number), address, answer.status)

    def reach(self) -> Reached:
        bot, _ = self._asked("GET", "getMe")
        chat, _ = self._asked("GET", "getChat", params={"chat_id": self._chat})
        return Reached(
            f"@{bot.get('username', '')}", str(chat.get("title") or chat.get("username") or self._chat)
        )

    def _asked(self, method: str, act: str, **sent: Any) -> tuple[dict[str, Any], Answer]:
        address = f"{self.setting.text('server').rstrip('/')}/bot{self._token}/{act}"
        answer = self.ask(method, address, judged=JUDGED, **sent)
        told = answer.json()
        if answer.status in JUDGED:
            raise self._problem(answer, told if isinstance(told, dict) else {})
        result = told.get("result") if isinstance(told, dict) and told.get("ok") is True else None
        if not isinstance(result, dict):
            raise ShapeChanged(host=answer.host, reason="no JSON")
        return result, answer

    def _problem(self, answer: Answer, told: dict[str, Any]) -> SourceProblem:
        host, said = answer.host, str(told.get("description", ""))
        parameters = told.get("parameters")
        more: dict[str, Any] = parameters if isinstance(parameters, dict) else {}
        match answer.status:
            case 429:
                wait = more.get("retry_after")
                return Throttled(host=host, status=429, wait=float(wait) if isinstance(wait, int) else None)
            case 401 | 404:  # a token that is none is an address that is not there
                return CredentialRefused(host=host, status=answer.status)
            case 403:
                return NotAllowed(host=host, status=said or 403)
        if "chat not found" in said or "migrate_to_chat_id" in more or "thread not found" in said:
            return NotThere(host=host, address=host, status=said)
        return self.refused(answer)


def _address(chat: dict[str, Any], number: object) -> str:
    """Where a message can be opened; private chats and small groups have no addresses."""
    if name := chat.get("username"):
        return f"https://t.me/{name}/{number}"
    inner = re.fullmatch(r"-100(\d+)", str(chat.get("id", "")))
    return f"https://t.me/c/{inner[1]}/{number}" if inner else ""
