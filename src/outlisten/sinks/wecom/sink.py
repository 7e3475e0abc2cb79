"""One group robot of WeCom."""

from __future__ import annotations

from outlisten.sinks.message import Message
from outlisten.sinks.sink import Delivered, Sink
from outlisten.sinks.wecom.writing import payload
from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Answer
from outlisten.sources.problems import CredentialRefused, ShapeChanged, SourceProblem, Throttled, Unavailable

# Codes of an answer, whose status is 200 all the same.
BUSY, TOO_MANY, WRONG_ADDRESS = -1, 45009, 93000
PAUSE = 60.0  # seconds: the limit counts by the minute
PACE = 3.0  # seconds between two messages: 20 a minute


class WeCom(Sink):
    """Writes to the group of the robot."""

    PACKAGE = "outlisten.sinks.wecom"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._hook = self.secret_address("hook")

    def send(self, message: Message) -> Delivered:
        answer = self.ask("POST", self._hook, json=payload(message), pace=PACE)
        told = answer.json()
        code = told.get("errcode") if isinstance(told, dict) else None
        if code == 0:
            return Delivered(status=answer.status, answer=self.excerpt(answer))
        raise self._problem(answer, code)

    def _problem(self, answer: Answer, code: object) -> SourceProblem:
        host = answer.host
        match code:
            case _ if code == TOO_MANY:
                return Throttled(host=host, status=code, wait=PAUSE)
            case _ if code == BUSY:
                return Unavailable(host=host, status=code)
            case _ if code == WRONG_ADDRESS:
                return CredentialRefused(host=host, status=code)
            case int():
                return self.refused(answer)
        return ShapeChanged(host=host, reason="no JSON")
