"""Asking Telegram's Bot API.

Over our own Fetcher and not a bot framework: those run a loop of their own that confirms updates before they are durable.

https://core.telegram.org/bots/api
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    NotAllowed,
    ReadElsewhere,
    ShapeChanged,
    SourceProblem,
    Throttled,
)
from outlisten.sources.telegram.mapping import KINDS

MOST = 100  # updates an answer holds at most
JUDGED = frozenset({400, 401, 403, 404, 409, 429})
MOVED = "the group was upgraded, and only what was written since then can be answered"
Update = Mapping[str, Any]


class TelegramClient:
    """Asks as one bot. Its token is a part of every address: no problem that leaves here may name one."""

    def __init__(self, fetcher: Fetcher, server: str, token: str) -> None:
        parts = urlsplit(server)
        self.host = parts.hostname or server
        self._server = server.rstrip("/")
        self._fetcher = fetcher
        self._token = token.strip()

    @property
    def bot(self) -> str:
        """The bot's number, which is the part of its token that is no secret."""
        return self._token.partition(":")[0]

    def name(self) -> str:
        """The bot's name, without @. Raises CredentialRefused."""
        return str(self._good(self._asked("getMe", {})).get("username") or self.bot)

    def updates(self, after: int | None, *, patience: int) -> list[Update]:
        """What Telegram holds for the bot, oldest first; waits up to `patience` seconds for the first.

        With `after`, that update and all before it are confirmed: Telegram forgets them. Raises SourceProblem.
        """
        asked: dict[str, Any] = {"limit": MOST, "timeout": patience, "allowed_updates": list(KINDS)}
        answer = self._asked("getUpdates", asked if after is None else {**asked, "offset": after + 1})
        found = self._good(answer)
        if not isinstance(found, list) or not all(isinstance(one, dict) and _numbered(one) for one in found):
            raise ShapeChanged(host=self.host, reason="no list of records")
        return found

    def send(self, chat: int, message: int, text: str) -> Mapping[str, Any]:
        """Answer a message with plain text.

        Raises AnswerRefused when it surely does not stand, another SourceProblem when that is not known.
        """
        asked = {"chat_id": chat, "text": text, "reply_parameters": {"message_id": message}}
        answer = self._asked("sendMessage", asked)
        if answer.status in {400, 403, 404}:
            moved = _parameters(answer).get("migrate_to_chat_id")
            raise AnswerRefused(host=self.host, reason=MOVED if moved else _description(answer))
        sent = self._good(answer)
        if not isinstance(sent, dict) or "message_id" not in sent:
            raise ShapeChanged(host=self.host, reason="no message")
        return sent

    def _asked(self, method: str, asked: Mapping[str, Any]) -> Answer:
        address = f"{self._server}/bot{quote(self._token, safe=':')}/{method}"
        try:
            return self._fetcher.send("POST", address, json=asked, judged=JUDGED)
        except SourceProblem as problem:
            if "address" not in problem.details:
                raise
            told = {**problem.details, "address": self._server}
            raise type(problem)(**told) from None

    def _good(self, answer: Answer) -> Any:
        """What Telegram answers. Raises the problem that it tells of."""
        match answer.status:
            case 401 | 404:  # a token of another form is an address that is not there
                raise CredentialRefused(host=self.host, status=answer.status)
            case 403:
                raise NotAllowed(host=self.host, status=answer.status)
            case 409:
                webhook = "webhook" in _description(answer)
                reason = "a webhook is set for it" if webhook else "another program asks for its updates"
                raise ReadElsewhere(host=self.host, reason=reason)
            case 429:
                raise Throttled(host=self.host, status=429, wait=_wait(answer))
            case 400:
                raise ShapeChanged(host=self.host, reason=_description(answer))
        told = answer.json()
        if not isinstance(told, dict) or told.get("ok") is not True:
            raise ShapeChanged(host=self.host, reason="no list of records")
        return told.get("result")


def _numbered(update: Update) -> bool:
    return isinstance(update.get("update_id"), int)


def _told(answer: Answer) -> Mapping[str, Any]:
    try:
        told = answer.json()
    except ShapeChanged:
        return {}
    return told if isinstance(told, dict) else {}


def _description(answer: Answer) -> str:
    """What Telegram says about its refusal, cut to a line."""
    said = " ".join(str(_told(answer).get("description") or "").split())
    return said.removeprefix("Bad Request: ").removeprefix("Forbidden: ")[:200] or f"status {answer.status}"


def _parameters(answer: Answer) -> Mapping[str, Any]:
    found = _told(answer).get("parameters")
    return found if isinstance(found, dict) else {}


def _wait(answer: Answer) -> float | None:
    """Seconds until it may be asked again: said in the body, not in a header."""
    wait = _parameters(answer).get("retry_after")
    return float(wait) if isinstance(wait, int | float) else None
