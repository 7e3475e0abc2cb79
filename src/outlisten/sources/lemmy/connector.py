"""A Lemmy server as a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import product
from urllib.parse import urlsplit

from outlisten.sources.connector import Connector, Cursor, Page, Post, Record, Setting, Standing
from outlisten.sources.lemmy import mapping
from outlisten.sources.lemmy.client import Kind, LemmyClient
from outlisten.sources.walking import Ask, newest_of, older_of

LATE = 1_800  # seconds by which posts of other servers are looked for again
KINDS: tuple[Kind, ...] = ("posts", "comments")


class Lemmy(Connector):
    """A walk for each community, each word, and posts and comments apart."""

    PACKAGE = "outlisten.sources.lemmy"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._client = LemmyClient(self.fetcher, setting.text("address"))

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What was written since the cursor; at first the newest fifty of each."""
        return newest_of(cursor, self._walks(), late=LATE)

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """What was written from now back to `since`."""
        return older_of(cursor, self._walks(), since)

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """How posts and comments stand on their server, one question for each; those of other servers are left out."""
        for name in native_ids:
            kind, number = urlsplit(name).path.strip("/").split("/")
            if name != mapping.native_id(self._client.server, kind, number):
                continue
            record = self._client.one("posts" if kind == "post" else "comments", int(number))
            yield Standing(name, gone=record is None, record=record)

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def _walks(self) -> dict[str, Ask]:
        chosen = self.setting.text("kinds")
        kinds = [kind for kind in KINDS if chosen in {"", "both", kind}]
        communities = self.setting.words("communities") or ("",)
        words = self.setting.words("words") or ("",)
        return {
            " ".join(filter(None, (kind, community, word))): self._ask(kind, community, word)
            for kind, community, word in product(kinds, communities, words)
        }

    def _ask(self, kind: Kind, community: str, word: str) -> Ask:
        scope = self.setting.text("scope") or "All"
        asked = {"q": word, "listing_type": scope} if word else {"type_": scope}
        if community:
            asked["community_name"] = community.removeprefix("!")
        return lambda at, _floor: self._client.listed(kind, asked, at)
