"""One custom robot of DingTalk."""

from __future__ import annotations

from urllib.parse import urlencode

from outlisten.sinks.dingtalk.writing import payload, signed
from outlisten.sinks.message import Message
from outlisten.sinks.sink import Delivered, Sink
from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Answer
from outlisten.sources.problems import (
    CredentialRefused,
    NotThere,
    ShapeChanged,
    SourceProblem,
    Throttled,
    Unavailable,
)
from outlisten.sources.said import Said

# Codes of an answer, whose status is 200 all the same.
BUSY, UNCHECKED, DISBANDED = -1, 310000, 400013
TOO_MANY = {130101, 410100}
NO_ROBOT = {300001, 300005, 400101, 400102, 400106}
PAUSE = 600.0  # seconds that DingTalk takes nothing for after too many
KEYWORD = Said(
    "the robot asks for a keyword; enter it at this channel", "机器人要求关键词；请在该渠道的设置中填写"
)
PACE = 3.0  # seconds between two messages: 20 a minute


class DingTalk(Sink):
    """Writes to the group of the robot."""

    PACKAGE = "outlisten.sinks.dingtalk"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._hook = self.secret_address("hook")

    def send(self, message: Message) -> Delivered:
        made = payload(message, keyword=self.setting.text("keyword"))
        answer = self.ask("POST", self._signed_hook(), json=made, pace=PACE)
        told = answer.json()
        code = told.get("errcode") if isinstance(told, dict) else None
        if code == 0:
            return Delivered(status=answer.status, answer=self.excerpt(answer))
        raise self._problem(answer, code, str(told.get("errmsg", "")) if isinstance(told, dict) else "")

    def _signed_hook(self) -> str:
        """The address with the signature: the client would replace what the address holds by parameters of its own."""
        secret = self.setting.secrets.get("secret", "")
        if not secret:
            return self._hook
        return f"{self._hook}{'&' if '?' in self._hook else '?'}{urlencode(signed(secret, self.setting.now))}"

    def _problem(self, answer: Answer, code: object, said: str) -> SourceProblem:
        host = answer.host
        match code:
            case _ if code in TOO_MANY:
                return Throttled(host=host, status=code, wait=PAUSE)
            case _ if code == BUSY:
                return Unavailable(host=host, status=code)
            case _ if code == UNCHECKED and "keyword" in said.lower():
                return self.refused(answer, KEYWORD)
            case _ if code == UNCHECKED or code in NO_ROBOT:
                return CredentialRefused(host=host, status=self.excerpt(answer))
            case _ if code == DISBANDED:
                return NotThere(host=host, address=host, status=code)
            case int():
                return self.refused(answer)
        return ShapeChanged(host=host, reason="no JSON")
