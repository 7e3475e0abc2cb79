"""Words on Hacker News as a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from outlisten.sources.connector import Connector, Cursor, Page, Post, Record, Setting, Standing
from outlisten.sources.hackernews import mapping
from outlisten.sources.hackernews.client import HackerNewsClient
from outlisten.sources.walking import Ask, newest_of, older_of

LATE = 900  # seconds by which the search may list something late


class HackerNews(Connector):
    """One walk for each of the words, newest first. The cursor holds the newest hits of each."""

    PACKAGE = "outlisten.sources.hackernews"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._client = HackerNewsClient(self.fetcher)

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What says the words and is new; at first the newest hundred for each."""
        return newest_of(cursor, {word: self._ask(word) for word in self._words()}, late=LATE)

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """What says the words, from now back to `since`."""
        return older_of(cursor, {word: self._ask(word) for word in self._words()}, since)

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """Which posts are deleted or dead; the interface has one question for each."""
        for name in native_ids:
            yield Standing(name, gone=bool(self._client.is_gone(name)))

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def _words(self) -> tuple[str, ...]:
        return self.setting.words("words")

    def _ask(self, word: str) -> Ask:
        kinds = self.setting.text("kinds") or "both"
        return lambda at, floor: self._client.search(word, kinds, at, floor)
