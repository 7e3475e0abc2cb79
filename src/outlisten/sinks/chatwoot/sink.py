"""One API inbox of Chatwoot, written to as its contacts write to it."""

from __future__ import annotations

import re
from typing import Any

from outlisten.sinks.chatwoot.writing import contact, content, source_id
from outlisten.sinks.message import Message
from outlisten.sinks.sink import Delivered, Reached, Sink
from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Answer
from outlisten.sources.problems import CredentialRefused, ShapeChanged, WrongOption
from outlisten.sources.said import Said

INBOX = re.compile(r"[A-Za-z0-9_-]{8,100}")
NO_INBOX = Said("it has letters, digits, - and _ only", "只能包含字母、数字、- 和 _")


class Chatwoot(Sink):
    """Opens a conversation once: contact, conversation and message are each looked for before they are made."""

    PACKAGE = "outlisten.sinks.chatwoot"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._inbox = self.secret("inbox")
        if not INBOX.fullmatch(self._inbox):
            raise WrongOption(option=self.title("inbox"), reason=NO_INBOX)
        self._address = f"{self.address('server')}/public/api/v1/inboxes/{self._inbox}"

    def send(self, message: Message) -> Delivered:
        who = contact(message, self._inbox, self.setting.secrets.get("hmac", ""))
        self._asked("POST", "/contacts", json=who)  # one that is there is given back
        place = f"/contacts/{source_id(message.key, self._inbox)}/conversations"
        begun = self._asked("GET", place).records()
        for conversation in begun:
            if conversation.get("messages"):
                return Delivered(str(conversation.get("id")), status=200)
        number = _number(begun[0]) if begun else _number(self._told("POST", place, json={}))
        told = self._told("POST", f"{place}/{number}/messages", json={"content": content(message)})
        _number(told)
        return Delivered(str(number), status=200)

    def reach(self) -> Reached:
        return Reached(where=str(self._told("GET", "").get("name", "")))

    def _told(self, method: str, path: str, **sent: Any) -> dict[str, Any]:
        answer = self._asked(method, path, **sent)
        told = answer.json()
        if not isinstance(told, dict):
            raise ShapeChanged(host=answer.host, reason="no JSON")
        return told

    def _asked(self, method: str, path: str, **sent: Any) -> Answer:
        answer = self.ask(method, f"{self._address}{path}", judged=(404,), **sent)
        if answer.status == 404:  # nothing is there for an identifier that is none
            raise CredentialRefused(host=answer.host, status=404)
        return answer


def _number(told: dict[str, Any]) -> str:
    if (number := told.get("id")) is None:
        raise ShapeChanged(host="Chatwoot", reason="a record without its number or its date")
    return str(number)
