"""One repository of GitHub."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, timedelta
from typing import Any

from outlisten.sinks.github.writing import issue, mark
from outlisten.sinks.message import Message
from outlisten.sinks.sink import Delivered, Reached, Sink
from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Answer
from outlisten.sources.github.client import INTERFACE, MOST, allowed
from outlisten.sources.problems import ShapeChanged, WrongOption
from outlisten.sources.said import Said

REPOSITORY = re.compile(r"(?:https://github\.com/)?([A-Za-z0-9-]{1,39}/(?!\.{1,2}$)[\w.-]{1,100})", re.ASCII)
NO_REPOSITORY = Said("a repository is written OWNER/NAME", "仓库请写作 所有者/名称")
SLACK = timedelta(hours=1)  # between GitHub's clock and ours
PAGES = 10  # pages of issues that are looked through


class GitHub(Sink):
    """Creates an issue once: its hidden mark is looked for before."""

    PACKAGE = "outlisten.sinks.github"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._token = self.secret("token")
        found = REPOSITORY.fullmatch(setting.text("repository").rstrip("/"))
        if not found:
            raise WrongOption(option=self.title("repository"), reason=NO_REPOSITORY)
        self._repository = found[1]
        self._headers = {
            "Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28",
            "Authorization": f"Bearer {self._token}",
        }  # fmt: skip

    def send(self, message: Message) -> Delivered:
        if standing := self._standing(message):
            return standing
        made = issue(message, token=self._token, labels=self.setting.words("labels"))
        answer = self._asked("POST", f"repos/{self._repository}/issues", json=made)
        return _delivered(answer, answer.json())

    def reach(self) -> Reached:
        person = self._asked("GET", "user").json()
        place = self._asked("GET", f"repos/{self._repository}").json()
        if not isinstance(person, dict) or not isinstance(place, dict):
            raise ShapeChanged(host="api.github.com", reason="no JSON")
        return Reached(str(person.get("login", "")), str(place.get("full_name", "")))

    def _standing(self, message: Message) -> Delivered | None:
        """The issue of an earlier try, which cannot be older than the message."""
        since = (message.at - SLACK).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        hidden = mark(message.key, self._token)
        for page in range(1, PAGES + 1):
            answer = self._asked(
                "GET", f"repos/{self._repository}/issues",
                params={"state": "all", "since": since, "sort": "created", "per_page": MOST, "page": page},
            )  # fmt: skip
            issues = answer.records()
            for one in issues:
                if hidden in str(one.get("body") or ""):
                    return _delivered(answer, one)
            if len(issues) < MOST or str(issues[-1].get("created_at", "")) < since:
                return None
        return None

    def _asked(self, method: str, path: str, **sent: Any) -> Answer:
        return allowed(self.ask(method, f"{INTERFACE}/{path}", headers=self._headers, judged=(403,), **sent))


def _delivered(answer: Answer, told: Mapping[str, Any] | Any) -> Delivered:
    number = told.get("number") if isinstance(told, Mapping) else None
    if number is None:
        raise ShapeChanged(host=answer.host, reason="a record without its number or its date")
    return Delivered(str(number), str(told.get("html_url", "")), answer.status)
