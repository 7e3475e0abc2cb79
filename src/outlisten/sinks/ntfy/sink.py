"""One topic of an ntfy server."""

from __future__ import annotations

import re

from outlisten.sinks.message import Message
from outlisten.sinks.ntfy.writing import payload
from outlisten.sinks.sink import Delivered, Sink
from outlisten.sources.connector import Setting
from outlisten.sources.problems import QuotaUsedUp, ShapeChanged, Throttled, WrongOption
from outlisten.sources.said import Said

TOPIC = re.compile(r"[-_A-Za-z0-9]{1,64}")
NO_TOPIC = Said("a topic has letters, digits, - and _ only", "主题只能包含字母、数字、- 和 _")
DAILY = 42908  # ntfy's own code for the messages of a day


class Ntfy(Sink):
    """Publishes to a topic."""

    PACKAGE = "outlisten.sinks.ntfy"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._topic = self.secret("topic")
        if not TOPIC.fullmatch(self._topic):
            raise WrongOption(option=self.title("topic"), reason=NO_TOPIC)
        self._server = self.address("server")
        token = setting.secrets.get("token", "")
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def send(self, message: Message) -> Delivered:
        answer = self.ask(
            "POST", f"{self._server}/", headers=self._headers,
            json=payload(message, self._topic), judged=(429,),
        )  # fmt: skip
        told = answer.json()
        if not isinstance(told, dict):
            raise ShapeChanged(host=answer.host, reason="no JSON")
        if answer.status == 429 and told.get("code") == DAILY:
            raise QuotaUsedUp(host=answer.host)
        if answer.status == 429:
            raise Throttled(host=answer.host, status=429)
        return Delivered(str(told.get("id", "")), status=answer.status, answer=self.excerpt(answer))
