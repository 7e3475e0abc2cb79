"""One's own apps in Google Play as a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from outlisten.sources.connector import Connector, Cursor, Page, Post, Record, Sent, Setting, Welcome
from outlisten.sources.googleplay import mapping
from outlisten.sources.googleplay.client import HOST, GooglePlayClient, written
from outlisten.sources.problems import AnswerRefused, NotThere, WrongOption
from outlisten.sources.walking import Ask, newest_of, older_of

LATE = (
    2 * 86_400
)  # seconds: for so long a reply that was written in Google's console is still found under its review
PACKAGE_NAME = re.compile(r"(?:https?://\S*[?&]id=)?([A-Za-z]\w*(?:\.[A-Za-z]\w*)+)(?:&\S*)?", re.ASCII)
REVIEW = re.compile(r"([A-Za-z][\w.]*)/(\w[\w:.-]*)(?:/reply)?", re.ASCII)


class GooglePlay(Connector):
    """A walk for each app."""

    PACKAGE = "outlisten.sources.googleplay"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._client = GooglePlayClient(self.fetcher, setting.secrets.get("key", ""), setting.now)

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """Reviews written or changed since the cursor, and replies to them; at first the latest hundred of each app."""
        return newest_of(cursor, self._walks(), late=LATE)

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """The reviews of the last week: Google gives no older ones."""
        return older_of(cursor, self._walks(), since)

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def answer(self, to: str, text: str) -> Sent:
        """Reply to a review; a reply that already stands there is never replaced. Raises AnswerRefused."""
        package, review_id = _review(to)
        if standing := self._reply(package, review_id):
            if standing != text.strip():
                raise AnswerRefused(host=HOST, reason="another answer already stands there")
            return _sent(to)
        self._client.reply(package, review_id, text)
        return _sent(to)

    def answered(self, to: str, text: str) -> Sent | None:
        return _sent(to) if self._reply(*_review(to)) == text.strip() else None

    def welcome(self) -> Welcome:
        """Which service account asks, and the latest reviews of the first app."""
        return replace(super().welcome(), account=self._client.email())

    def _reply(self, package: str, review_id: str) -> str:
        _, reply = written(self._client.review(package, review_id))
        return str(reply.get("text") or "").strip()

    def _walks(self) -> dict[str, Ask]:
        return {package: self._ask(package) for package in self._packages}

    def _ask(self, package: str) -> Ask:
        return lambda at, _floor: self._client.reviews(package, at)

    @cached_property
    def _packages(self) -> tuple[str, ...]:
        found = []
        for entered in self.setting.words("packages"):
            name = PACKAGE_NAME.fullmatch(entered)
            if name is None:
                raise WrongOption(option=entered, reason="an app is written as com.example.app")
            found.append(name[1])
        return tuple(dict.fromkeys(found))


def _review(name: str) -> tuple[str, str]:
    found = REVIEW.fullmatch(name)
    if found is None:
        raise NotThere(address=f"https://{HOST}", status=404)
    return found[1], found[2]


def _sent(name: str) -> Sent:
    package, review_id = _review(name)
    return Sent(f"{package}/{review_id}/reply", f"https://play.google.com/store/apps/details?id={package}")
