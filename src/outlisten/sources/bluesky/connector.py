"""Bluesky with an account as a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from outlisten.sources.bluesky import answering, mapping
from outlisten.sources.bluesky.client import BlueskyClient, View
from outlisten.sources.bluesky.timelines import REASONS, chosen
from outlisten.sources.bluesky.walks import LATE, asking
from outlisten.sources.connector import (
    Connector,
    Cursor,
    Page,
    Post,
    Record,
    Sent,
    Setting,
    Standing,
    Welcome,
)
from outlisten.sources.problems import AnswerRefused, NotThere
from outlisten.sources.walking import Ask, newest_of, older_of


class Bluesky(Connector):
    """Searches, and what is written to the account. The cursor holds the place in each list."""

    PACKAGE = "outlisten.sources.bluesky"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._client = BlueskyClient(
            self.fetcher, setting.text("service"), setting.text("handle"), setting.secrets.get("password", "")
        )

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What is new in each list; at first the newest page of each."""
        return map(self._page, newest_of(cursor, self._asks(), late=LATE))

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """Each list from its newest post down to `since`."""
        return map(self._page, older_of(cursor, self._asks(), since))

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        return self._client.again(native_ids)

    def answer(self, to: str, text: str) -> Sent:
        """Answer a post. Raises NotThere when it is gone, AnswerRefused when its author lets nobody answer."""
        view = next(iter(self._client.posts([to])), None)
        if view is None:
            raise NotThere(address=to, status=404)
        if (view.get("viewer") or {}).get("replyDisabled"):
            raise AnswerRefused(host=self._client.host, reason="replies are disabled")
        return answering.sent(self._client.write(answering.answer_to(view, text, self.setting.now)))

    def answered(self, to: str, text: str) -> Sent | None:
        """Our answer among the last hundred posts of ours."""
        return answering.standing(self._client.written(), to, text)

    def welcome(self) -> Welcome:
        """Our account, and the newest posts of the first list that holds any."""
        account = self._client.session.handle
        newest = islice(self.pages({}), len(chosen(self.setting)))
        return Welcome(account, self._sample(next((page.records for page in newest if page.records), ())))

    def _asks(self) -> dict[str, Ask]:
        return {timeline.key: asking(self._client, timeline) for timeline in chosen(self.setting)}

    def _page(self, page: Page) -> Page:
        """A page with records that say why they came. What is written to us brings the posts that it answers."""
        mentions = [view for view in page.records if view.get("reason") in REASONS]
        found = [view for view in page.records if "reason" not in view]
        known = {str(view["uri"]) for view in mentions}
        before = dict.fromkeys(uri for view in mentions for uri in _answered(view) if uri not in known)
        account = self._client.session.handle if mentions else ""
        records: list[Record] = [
            *({"by": "before", "view": view} for view in self._client.posts(list(before))),
            *({"by": "mention", "account": account, "view": view} for view in mentions),
            *({"by": "search", "view": view} for view in found),
        ]
        return replace(page, records=records)


def _answered(view: View) -> list[str]:
    """The post that one answers, and the first of the conversation."""
    reply = view["record"].get("reply") or {}
    return [str(reply[name]["uri"]) for name in ("root", "parent") if (reply.get(name) or {}).get("uri")]
