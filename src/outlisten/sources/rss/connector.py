"""A feed as a source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from outlisten.sources.connector import Connector, Cursor, Page, Post, Record, Setting, Welcome
from outlisten.sources.rss import mapping
from outlisten.sources.rss.client import FeedClient, Fetched


class Rss(Connector):
    """One feed. Its cursor holds where the feed was found and what makes the next request conditional."""

    PACKAGE = "outlisten.sources.rss"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._client = FeedClient(
            self.fetcher, user=setting.text("user"), password=setting.secrets.get("password", "")
        )

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """The feed as it is now; nothing when it is unchanged."""
        fetched = self._fetched(cursor)
        records = fetched.feed.records if fetched.feed else []
        yield Page(records, {"feed": fetched.address, "validators": dict(fetched.validators)})

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """The feed's archive (RFC 5005), page by page, as far back as it is linked or `since`."""
        address = cursor.get("older") or self._older(cursor)
        while address:
            fetched = self._client.fetch(address)
            feed = fetched.feed
            records = feed.records if feed else []
            address = feed.older if feed and feed.older != address else None
            written = [post.get("created_at") for post in self._sample(records)]
            if any(when and when < since for when in written):
                address = None
            yield Page(records, {**cursor, "older": address}, more=bool(address))

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def welcome(self) -> Welcome:
        """The feed's title and its newest entries."""
        fetched = self._fetched({})
        feed = fetched.feed
        return Welcome(feed.title if feed else "", self._sample(feed.records if feed else ()))

    def _fetched(self, cursor: Cursor) -> Fetched:
        if known := cursor.get("feed"):
            return self._client.fetch(known, cursor.get("validators"))
        return self._client.find(self.setting.text("address"))

    def _older(self, cursor: Cursor) -> str | None:
        feed = self._client.fetch(cursor.get("feed") or self.setting.text("address")).feed
        return feed.older if feed else None
