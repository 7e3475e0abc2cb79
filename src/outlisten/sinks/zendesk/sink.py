"""One Zendesk."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from outlisten.sinks.message import Message
from outlisten.sinks.sink import Delivered, Reached, Sink
from outlisten.sinks.zendesk.writing import external_id, ticket
from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Answer
from outlisten.sources.problems import CredentialRefused, ShapeChanged


class Zendesk(Sink):
    """Creates a ticket once. An idempotency key holds for two hours, so that the ticket is looked for as well."""

    PACKAGE = "outlisten.sinks.zendesk"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._site = self.address("site")
        said = f"{setting.text('user')}/token:{self.secret('token')}"
        self._headers = {
            "Accept": "application/json",
            "Authorization": f"Basic {b64encode(said.encode()).decode()}",
        }

    def send(self, message: Message) -> Delivered:
        identifier = external_id(message.key)
        answer = self._asked("GET", "tickets", params={"external_id": identifier})
        for standing in answer.records("tickets"):
            if standing.get("external_id") == identifier:
                return self._delivered(answer, standing)
        answer = self._asked(
            "POST", "tickets", json={"ticket": ticket(message)}, headers={"Idempotency-Key": identifier}
        )
        told = answer.json()
        return self._delivered(answer, told.get("ticket") if isinstance(told, dict) else None)

    def reach(self) -> Reached:
        answer = self._asked("GET", "users/me")
        told = answer.json()
        person = told.get("user") if isinstance(told, dict) else None
        if not isinstance(person, dict):
            raise ShapeChanged(host=answer.host, reason="no JSON")
        if person.get("id") is None:  # Zendesk tells a stranger that they are nobody, with status 200
            raise CredentialRefused(host=answer.host, status="users/me")
        return Reached(str(person.get("name") or person.get("email") or ""), self._site)

    def _delivered(self, answer: Answer, told: Any) -> Delivered:
        number = told.get("id") if isinstance(told, dict) else None
        if number is None:
            raise ShapeChanged(host=answer.host, reason="a record without its number or its date")
        return Delivered(str(number), f"{self._site}/agent/tickets/{number}", answer.status)

    def _asked(self, method: str, path: str, headers: dict[str, str] | None = None, **sent: Any) -> Answer:
        return self.ask(
            method, f"{self._site}/api/v2/{path}", headers=self._headers | (headers or {}), **sent
        )
