"""One project of Jira."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from outlisten.sinks.jira.writing import fields, label
from outlisten.sinks.message import Message
from outlisten.sinks.sink import Delivered, Reached, Sink
from outlisten.sources.connector import Setting
from outlisten.sources.problems import ShapeChanged, WrongOption


class Jira(Sink):
    """Creates an issue once: the label of the message is looked for before."""

    PACKAGE = "outlisten.sinks.jira"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._site = self.address("site")
        self._cloud = setting.text("edition") != "server"
        self._headers = {"Accept": "application/json", "Authorization": self._authorization()}

    def send(self, message: Message) -> Delivered:
        if standing := self._standing(message):
            return standing
        made = fields(
            message, project=self.setting.text("project"), issue_type=self.setting.text("issue_type"),
            in_wiki=not self._cloud,
        )  # fmt: skip
        told, status = self._asked("POST", "issue", json={"fields": made})
        return self._delivered(told, status)

    def reach(self) -> Reached:
        person, _ = self._asked("GET", "myself")
        project, _ = self._asked("GET", f"project/{self.setting.text('project')}")
        return Reached(str(person.get("displayName", "")), str(project.get("name", "")))

    def _standing(self, message: Message) -> Delivered | None:
        """The issue of an earlier try."""
        search = "search/jql" if self._cloud else "search"
        wanted = {"jql": f'labels = "{label(message.key)}"', "fields": "labels", "maxResults": 1}
        told, status = self._asked("GET", search, params=wanted)
        issues = told.get("issues")
        if not isinstance(issues, list):
            raise ShapeChanged(host=self._site, reason="no list of records")
        return self._delivered(issues[0], status) if issues else None

    def _delivered(self, issue: Any, status: int) -> Delivered:
        key = issue.get("key") if isinstance(issue, dict) else None
        if not key:
            raise ShapeChanged(host=self._site, reason="a record without its number or its date")
        return Delivered(str(key), f"{self._site}/browse/{key}", status)

    def _asked(self, method: str, path: str, **sent: Any) -> tuple[dict[str, Any], int]:
        version = 3 if self._cloud else 2
        answer = self.ask(method, f"{self._site}/rest/api/{version}/{path}", headers=self._headers, **sent)
        told = answer.json()
        if not isinstance(told, dict):
            raise ShapeChanged(host=answer.host, reason="no JSON")
        return told, answer.status

    def _authorization(self) -> str:
        """The cloud takes mail address and token; a server takes a token of its own kind."""
        token = self.secret("token")
        if not self._cloud:
            return f"Bearer {token}"
        user = self.setting.text("user")
        if not user:
            raise WrongOption(option=self.title("user"), reason="please fill this in")
        return f"Basic {b64encode(f'{user}:{token}'.encode()).decode()}"
