"""A server of the Fediverse as a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

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
from outlisten.sources.mastodon import answering, mapping
from outlisten.sources.mastodon.client import MastodonClient
from outlisten.sources.mastodon.live import live_pages
from outlisten.sources.mastodon.records import Records
from outlisten.sources.mastodon.standing import standings
from outlisten.sources.mastodon.streaming import NoStreams, Streams
from outlisten.sources.mastodon.timelines import FOR_ACCOUNTS, chosen
from outlisten.sources.mastodon.walk import Place, step
from outlisten.sources.problems import WrongOption
from outlisten.sources.times import utc


class Mastodon(Connector):
    """The chosen timelines of one server. The cursor holds the place in each, and our account's name once it is known."""

    PACKAGE = "outlisten.sources.mastodon"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        token = setting.secrets.get("token", "")
        self._client = MastodonClient(self.fetcher, setting.text("server"), token)
        self._records = Records(self._client)

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What is new in each timeline, one page of each in turn so that a busy one starves none."""
        waiting = chosen(self.setting)
        before = cursor.get("places", {})
        kept = {timeline.key: before[timeline.key] for timeline in waiting if timeline.key in before}
        cursor = {"account": self._account(cursor), "places": kept}
        while waiting:
            for timeline in list(waiting):
                place = Place.of(kept.get(timeline.key, {}))
                items = self._client.page(timeline, since=place.since, below=place.below)
                ids = [str(item["id"]) for item in items]
                done = step(place, ids, first=timeline.key not in kept)
                kept = {**kept, timeline.key: done.place.as_json()}
                cursor = {**cursor, "places": kept}
                if done.done:
                    waiting.remove(timeline)
                found = self._records.of(timeline, items[done.start : done.end], cursor["account"])
                yield Page(found, cursor, more=bool(waiting))

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """Each timeline from its newest post down to `since`, or as far as the server remembers."""
        for timeline in chosen(self.setting):
            while (below := cursor.get("older", {}).get(timeline.key, "")) is not None:
                items = self._client.page(timeline, below=below)
                ids = [str(item["id"]) for item in items]
                fresh = items[ids.index(below) + 1 :] if below in ids else items
                dates = [found for item in fresh if (found := utc(item.get("created_at")))]
                ended = not fresh or min(dates, default=since) < since
                older = {**cursor.get("older", {}), timeline.key: None if ended else str(fresh[-1]["id"])}
                cursor = {**cursor, "account": self._account(cursor), "older": older}
                yield Page(self._records.of(timeline, fresh, cursor["account"]), cursor, more=not ended)

    def stream(self, cursor: Cursor) -> Iterator[Page]:
        """New posts, edits and deletions as the server sends them, after what is new until then.

        Raises NotOffered where there is no token (servers stream to accounts only) or the server has no streams.
        """
        if not self._client.signed_in:
            raise self._cannot("stream without an access token", "在没有访问令牌时实时推送")
        return self._live(cursor)

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """How posts stand: our server's own by its interface, all others by asking the server they were written on."""
        return standings(self._client, self._records, native_ids)

    def answer(self, to: str, text: str) -> Sent:
        """Answer a post, to no more people than may read it; a message is answered with a message."""
        self._needs_account()
        status = answering.located(self._client, to)
        return answering.sent(self._client.send(answering.form(status, text), answering.key(to, text)))

    def answered(self, to: str, text: str) -> Sent | None:
        self._needs_account()
        return answering.standing(self._client, answering.located(self._client, to), text)

    def welcome(self) -> Welcome:
        """Our account, or the server where there is none, and the newest posts of the first timeline that holds any."""
        newest = islice(self.pages({}), len(chosen(self.setting)))
        first = next(newest)
        account = str(first.cursor["account"])
        records = first.records or next((page.records for page in newest if page.records), ())
        return Welcome(account or urlsplit(self._client.server).netloc, self._sample(records))

    def _live(self, cursor: Cursor) -> Iterator[Page]:
        streams = Streams(self.fetcher, self._client.headers)
        base = self._client.streaming_server()
        try:
            yield from live_pages(streams, chosen(self.setting), base, self.pages(cursor), self._records)
        except NoStreams as problem:
            raise self._cannot("stream from this server", "从此服务器实时推送") from problem

    def _account(self, cursor: Cursor) -> str:
        """Our account's name; empty without a token."""
        if known := cursor.get("account"):
            return str(known)
        if not self._client.signed_in:
            return ""
        return mapping.handle(str(self._client.own_account().get("acct") or ""), self._client.server)

    def _needs_account(self) -> None:
        if not self._client.signed_in:
            raise WrongOption(option="token", reason=FOR_ACCOUNTS)
