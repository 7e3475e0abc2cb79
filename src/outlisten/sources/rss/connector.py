"""A feed as a source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from outlisten.sources.connector import Connector, Cursor, Page, Post, Record, Setting, Welcome
from outlisten.sources.rss import mapping
from outlisten.sources.rss.client import FeedClient, Fetched


class Rss(Connector):
    """One feed. Its cursor holds where the feed stands, the address that names it (the first one it was found at), and what
    makes the next request conditional."""

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
        named = cursor.get("named") or fetched.address
        yield Page(records, {"feed": fetched.address, "named": named, "validators": dict(fetched.validators)})

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """The feed's archive (RFC 5005), page by page, as far back as it is linked or `since`."""
        begun = cursor if "older" in cursor else self._begun()
        address, asked = begun["older"], set[str]()
        if not address:
            yield Page([], begun)
        while address:
            asked.add(address)
            feed = self._client.fetch(address, of=begun["named"]).feed
            records = feed.records if feed else []
            written = [post.get("created_at") for post in self._sample(records)]
            older = feed.older if feed and not any(when and when < since for when in written) else None
            address = older if older not in asked else None  # an archive that links back to itself ends
            yield Page(records, {**begun, "older": address}, more=bool(address))

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def welcome(self) -> Welcome:
        """The feed's title and its newest entries."""
        fetched = self._fetched({})
        feed = fetched.feed
        return Welcome(feed.title if feed else "", self._sample(feed.records if feed else ()))

    def _fetched(self, cursor: Cursor) -> Fetched:
        if known := cursor.get("feed"):
            return self._client.fetch(known, cursor.get("validators"), cursor.get("named", ""))
        return self._client.find(self.setting.text("address"))

    def _begun(self) -> Cursor:
        """Where the archive begins."""
        fetched = self._fetched({})
        return {"named": fetched.address, "older": fetched.feed.older if fetched.feed else None}
