"""One custom bot of Feishu or Lark."""

from __future__ import annotations

from outlisten.sinks.feishu.writing import payload
from outlisten.sinks.message import Message
from outlisten.sinks.sink import Delivered, Sink
from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Answer
from outlisten.sources.problems import (
    CredentialRefused,
    NotAllowed,
    ShapeChanged,
    SourceProblem,
    Throttled,
    Unavailable,
)
from outlisten.sources.said import Said

# Codes of the answer, which mostly has the status 200.
NO_TOKEN, WRONG_SIGN, WRONG_PLACE, NO_KEYWORD, TOO_MANY, BAD = 19001, 19021, 19022, 19024, 11232, 9499
AWAY = 11233  # the service is overloaded
KEYWORD = Said(
    "the bot asks for a keyword; enter it at this channel", "机器人要求关键词；请在该渠道的设置中填写"
)
PAUSE = 60.0  # seconds: the limit counts by the minute


class Feishu(Sink):
    """Writes to the group of the bot."""

    PACKAGE = "outlisten.sinks.feishu"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._hook = self.secret_address("hook")

    def send(self, message: Message) -> Delivered:
        made = payload(
            message, keyword=self.setting.text("keyword"), secret=self.setting.secrets.get("secret", ""),
            now=self.setting.now,
        )  # fmt: skip
        answer = self.ask("POST", self._hook, json=made, judged=(400,))
        told = answer.json()
        code = told.get("code", told.get("StatusCode")) if isinstance(told, dict) else None
        if code == 0:
            return Delivered(status=answer.status, answer=self.excerpt(answer))
        raise self._problem(answer, code)

    def _problem(self, answer: Answer, code: object) -> SourceProblem:
        host = answer.host
        match code:
            case _ if code in {NO_TOKEN, WRONG_SIGN}:
                return CredentialRefused(host=host, status=code)
            case _ if code == WRONG_PLACE:
                return NotAllowed(host=host, status=self.excerpt(answer))
            case _ if code == NO_KEYWORD:
                return self.refused(answer, KEYWORD)
            case _ if code == TOO_MANY:
                return Throttled(host=host, status=code, wait=PAUSE)
            case _ if code == AWAY:
                return Unavailable(host=host, status=code)
            case int():
                return self.refused(answer)
        return ShapeChanged(host=host, reason="no JSON")
