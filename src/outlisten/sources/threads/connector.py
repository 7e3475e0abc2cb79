"""Threads as a source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from outlisten.sources.connector import Connector, Cursor, Page, Post, Record, Sent, Setting, Welcome
from outlisten.sources.threads import answering, mapping
from outlisten.sources.threads.client import ThreadsClient
from outlisten.sources.threads.token import kept_fresh, warn
from outlisten.sources.threads.walks import ANSWERS, LATE, answers, asking, listings
from outlisten.sources.walking import begun, newest, older_of, parts


class Threads(Connector):
    """Searches, mentions, and answers to our posts. The cursor holds the place in each, our account and the token's age."""

    PACKAGE = "outlisten.sources.threads"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._client = ThreadsClient(self.fetcher, setting.secrets.get("token", ""))

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What is new in each list; at first the newest page of each. Raises CredentialRefused at the end when the token ends
        soon: until then it goes on."""
        found = listings(self.setting)
        now = self.setting.now
        state = kept_fresh(self._client, cursor.get("token") or {}, now, self.setting.keep_secret)
        account = self._account(cursor)
        walks: dict[str, Callable[[Cursor], Iterator[Page]]] = {
            one.key: partial(newest, ask=asking(self._client, one, account["username"]), late=LATE)
            for one in found
        }
        if self.setting.options.get("answers"):
            walks[ANSWERS] = partial(answers, client=self._client, now=now, account=account["username"])
        about = {"account": account, "token": dict(state)}
        for page in parts(cursor, walks):
            yield replace(page, cursor={**begun(page.cursor, int(now.timestamp())), **about})
        warn(state, now)

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """Searches and mentions from now back to `since`."""
        account = self._account(cursor)
        found = listings(self.setting)
        asks = {one.key: asking(self._client, one, account["username"], since) for one in found}
        for page in older_of(cursor, asks, since):
            yield replace(page, cursor={**page.cursor, "account": account})

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def answer(self, to: str, text: str) -> Sent:
        """Answer a post as the account."""
        return answering.sent(self._client, to, text)

    def answered(self, to: str, text: str) -> Sent | None:
        return answering.standing(self._client, to, text)

    def welcome(self) -> Welcome:
        """Our account, and the newest posts of the first list."""
        page = next(self.pages({}), None)
        return Welcome(str(self._client.account()["username"]), self._sample(page.records if page else ()))

    def _account(self, cursor: Cursor) -> dict[str, Any]:
        """Whose token it is; asked for once."""
        known: Mapping[str, Any] = cursor.get("account") or {}
        return dict(known) if known else {"username": str(self._client.account().get("username") or "")}
