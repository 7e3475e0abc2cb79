"""Bluesky with an account as a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from outlisten.sources.atproto.written import when
from outlisten.sources.bluesky import answering, mapping
from outlisten.sources.bluesky.client import BlueskyClient, View
from outlisten.sources.bluesky.timelines import REASONS, Timeline, chosen
from outlisten.sources.bluesky.walk import Place, step
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


class Bluesky(Connector):
    """Searches, and what is written to the account. The cursor holds the place in each list."""

    PACKAGE = "outlisten.sources.bluesky"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._client = BlueskyClient(
            self.fetcher, setting.text("service"), setting.text("handle"), setting.secrets.get("password", "")
        )

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What is new in each list, one page of each in turn so that a busy search starves none."""
        waiting = chosen(self.setting)
        before = cursor.get("places", {})
        kept = {timeline.key: before[timeline.key] for timeline in waiting if timeline.key in before}
        while waiting:
            for timeline in list(waiting):
                place = Place.of(kept.get(timeline.key, {}))
                views, further = self._client.page(timeline, since=place.since, cursor=place.cursor)
                done = step(place, [_came(view) for view in views], further, first=timeline.key not in kept)
                kept = {**kept, timeline.key: done.place.as_json()}
                if done.done:
                    waiting.remove(timeline)
                found = self._records(timeline, [views[at] for at in done.new])
                yield Page(found, {"places": kept}, more=bool(waiting))

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """Each list from its newest post down to `since`. A search that shows no more is asked for what lies before that."""
        for timeline in chosen(self.setting):
            while (older := cursor.get("older", {}).get(timeline.key, {})) is not None:
                until = when(older.get("until"))
                views, further = self._client.page(timeline, until=until, cursor=older.get("cursor", ""))
                views = [view for view in views if not until or (_came(view) or until) < until]
                oldest = min((came for view in views if (came := _came(view))), default=None)
                following = _following(timeline, further, until, oldest)
                if oldest and oldest < since:
                    following = None
                cursor = {**cursor, "older": {**cursor.get("older", {}), timeline.key: following}}
                yield Page(self._records(timeline, views), cursor, more=following is not None)

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
        """Our account, and the newest posts of the first list."""
        account = self._client.session.handle
        page = next(self.pages({}), None)
        return Welcome(account, self._sample(page.records if page else ()))

    def _records(self, timeline: Timeline, views: Sequence[View]) -> list[Record]:
        """Records that say why they came. What is written to us brings the posts it answers and the conversation's first."""
        if not timeline.to_us:
            return [{"by": "search", "view": view} for view in views]
        account, views = (
            self._client.session.handle,
            [view for view in views if view.get("reason") in REASONS],
        )
        known = {str(view["uri"]) for view in views}
        before = dict.fromkeys(uri for view in views for uri in _answers(view) if uri not in known)
        told: list[Record] = [{"by": "before", "view": view} for view in self._client.posts(list(before))]
        return told + [{"by": "mention", "account": account, "view": view} for view in views]


def _following(
    timeline: Timeline, further: str, until: datetime | None, oldest: datetime | None
) -> Mapping[str, str] | None:
    """Where history goes on: the service's next page, else what lies before the oldest post seen."""
    if oldest is None:
        return None
    bound = {"until": until.isoformat()} if until else {}
    if further:
        return {**bound, "cursor": further}
    return {"until": oldest.isoformat()} if timeline.bounded else None


def _came(view: View) -> datetime | None:
    """When a post came into the network's lists."""
    return when(view.get("indexedAt"))


def _answers(view: View) -> list[str]:
    reply = view["record"].get("reply") or {}
    return [str(reply[name]["uri"]) for name in ("root", "parent") if (reply.get(name) or {}).get("uri")]
