"""Asking Bluesky, or any service of the AT Protocol, as an account.

https://docs.bsky.app/docs/category/http-reference
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from outlisten.sources.atproto.standing import standings
from outlisten.sources.atproto.written import COLLECTION
from outlisten.sources.atproto.xrpc import Refused, Xrpc, in_groups, listed
from outlisten.sources.bluesky.session import Session, SignedIn
from outlisten.sources.bluesky.timelines import PAGE, Timeline
from outlisten.sources.connector import Standing
from outlisten.sources.fetching import Fetcher
from outlisten.sources.problems import AnswerRefused, ShapeChanged

View = Mapping[str, Any]


class BlueskyClient:
    """One account at one service."""

    def __init__(self, fetcher: Fetcher, service: str, handle: str, password: str) -> None:
        xrpc = Xrpc(fetcher, service)
        self.host = xrpc.host
        self._us = SignedIn(fetcher, xrpc, handle.lstrip("@"), password)

    @property
    def session(self) -> Session:
        """Who we are. Raises CredentialRefused."""
        return self._us.session

    def page(
        self,
        timeline: Timeline,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        cursor: str = "",
    ) -> tuple[list[View], str]:
        """A page of a list, newest first, and the word for the next page, empty at the end."""
        bounds = {"since": since, "until": until} if timeline.bounded else {}
        asked = {
            **timeline.asked,
            **{
                name: at.astimezone(UTC).isoformat().replace("+00:00", "Z")
                for name, at in bounds.items()
                if at
            },
            **({"cursor": cursor} if cursor else {}),
        }
        found = self._query(timeline.method, asked)
        return listed(found, timeline.name, self.host), str(found.get("cursor") or "")

    def posts(self, uris: Sequence[str]) -> list[View]:
        """Those of the posts that stand."""
        return [
            view
            for group in in_groups(uris)
            for view in listed(self._query("app.bsky.feed.getPosts", {"uris": group}), "posts", self.host)
        ]

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """How posts stand now."""
        return standings(self._query, self.host, native_ids)

    def written(self) -> list[Mapping[str, Any]]:
        """What we wrote last, from our own repository: there it is at once, in lists only a moment later."""
        asked = {"repo": self.session.did, "collection": COLLECTION, "limit": PAGE}
        return listed(self._query("com.atproto.repo.listRecords", asked), "records", self.host)

    def write(self, record: Mapping[str, Any]) -> str:
        """Write a post; its address. Raises AnswerRefused when it surely does not stand."""
        said = {"repo": self.session.did, "collection": COLLECTION, "record": dict(record)}
        try:
            told = self._us.procedure("com.atproto.repo.createRecord", said)
        except Refused as refused:
            raise AnswerRefused(host=self.host, reason=refused.message or refused.name) from refused
        if not told.get("uri"):
            raise ShapeChanged(host=self.host, reason="no uri")
        return str(told["uri"])

    def _query(self, method: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            return self._us.query(method, asked)
        except Refused as refused:
            raise ShapeChanged(host=self.host, reason=str(refused)) from refused
