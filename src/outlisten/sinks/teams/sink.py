"""A workflow that posts what it is sent."""

from __future__ import annotations

from urllib.parse import urlsplit

from outlisten.sinks.message import Message
from outlisten.sinks.sink import Delivered, Sink
from outlisten.sinks.teams.writing import payload
from outlisten.sources.connector import Setting
from outlisten.sources.problems import WrongOption
from outlisten.sources.said import Said

RETIRED = Said(
    "this is the address of an Office 365 connector, which Microsoft has retired; make a workflow instead",
    "这是 Office 365 连接器的地址，微软已将其停用；请改为创建工作流",
)


class Teams(Sink):
    """Posts cards by one workflow."""

    PACKAGE = "outlisten.sinks.teams"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._hook = self.secret_address("hook")
        host = urlsplit(self._hook).hostname or ""
        if f".{host}".endswith((".webhook.office.com", ".outlook.office.com")):
            raise WrongOption(option=self.title("hook"), reason=RETIRED)

    def send(self, message: Message) -> Delivered:
        answer = self.ask("POST", self._hook, json=payload(message))
        return Delivered(status=answer.status, answer=self.excerpt(answer))
