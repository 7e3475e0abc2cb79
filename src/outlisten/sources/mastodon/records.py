"""Statuses as records: with the server they came from, why they came, and what they answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from outlisten.sources.connector import Record
from outlisten.sources.mastodon.client import MastodonClient, Status
from outlisten.sources.mastodon.threads import Threads
from outlisten.sources.mastodon.timelines import Timeline
from outlisten.sources.problems import NotThere

MOST_BEFORE = 40  # posts of a conversation that come with a mention in it


class Records:
    """Makes records of what one server sends, and remembers which post is which."""

    def __init__(self, client: MastodonClient) -> None:
        self._client = client
        self.threads = Threads()

    def of(self, timeline: Timeline, items: Iterable[Mapping[str, Any]], account: str) -> list[Record]:
        """The records of a page. A mention in a conversation that did not pass by brings what went before it."""
        if not timeline.to_us:
            statuses = list(items)
            self.threads.note(statuses)
            return [self.one(status, by="timeline") for status in statuses]
        mentions = [item["status"] for item in items if item.get("type") == "mention" and item.get("status")]
        self.threads.note(mentions)
        before = [status for mention in mentions for status in self._before(mention)]
        self.threads.note(mentions)
        told = [self.one(status, by="timeline") for status in before]
        return told + [self.one(status, by="mention", account=account) for status in mentions]

    def one(self, status: Status, *, by: str, account: str = "") -> Record:
        """One record: `by` says why it came (`timeline`, `mention`, or `again`)."""
        about = {"server": self._client.server, "by": by, **({"account": account} if account else {})}
        return {**about, **self.threads.places(status), "status": status}

    def _before(self, mention: Status) -> list[Status]:
        if self.threads.knows_parent(mention):
            return []
        try:
            before, _after = self._client.around(str(mention["id"]))
        except NotThere:
            return []
        self.threads.note(reversed(before))
        return before[-MOST_BEFORE:]
