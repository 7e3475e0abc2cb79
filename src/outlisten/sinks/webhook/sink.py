"""A web address that takes signed JSON."""

from __future__ import annotations

from outlisten.sinks.message import Message
from outlisten.sinks.sink import Delivered, Sink
from outlisten.sinks.webhook.writing import body
from outlisten.sources.connector import Setting
from outlisten.sources.problems import WrongOption
from outlisten.sources.webhook.proofs import SHORTEST, SIGNATURE, TIMESTAMP, signature


class Webhook(Sink):
    """One receiver. It proves by the signature who sent, and finds by the key what it has taken before."""

    PACKAGE = "outlisten.sinks.webhook"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._secret = self.secret("secret")
        if len(self._secret) < SHORTEST:
            raise WrongOption(option=self.title("secret"), reason=f"≥ {SHORTEST}")

    def send(self, message: Message) -> Delivered:
        content, second = body(message), int(self.setting.now.timestamp())
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": _in_ascii(message.key),
            TIMESTAMP: str(second),
            SIGNATURE: signature(self._secret, second, content),
        }
        answer = self.ask("POST", self.setting.text("address"), headers=headers, content=content)
        return Delivered(message.key, status=answer.status, answer=self.excerpt(answer))


def _in_ascii(key: str) -> str:
    """A key as a header can hold it."""
    return key.encode("ascii", "backslashreplace").decode().replace("\n", "\\n").replace("\r", "\\r")
