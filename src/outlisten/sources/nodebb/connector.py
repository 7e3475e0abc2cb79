"""A forum as a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from outlisten.sources.connector import Connector, Cursor, Page, Post, Record, Sent, Setting, Standing
from outlisten.sources.mentions import mentions
from outlisten.sources.nodebb import mapping
from outlisten.sources.nodebb.client import NodeBBClient
from outlisten.sources.nodebb.walk import Walk, walked
from outlisten.sources.problems import NotThere, WrongOption


class NodeBB(Connector):
    """One walk down the topics with the latest posts; what is not of the words and categories is left out here."""

    PACKAGE = "outlisten.sources.nodebb"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._token = setting.secrets.get("token", "")
        self._client = NodeBBClient(self.fetcher, setting.text("address"), self._token)
        self._says = mentions(setting.words("words"))

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """Posts written since the cursor; at first the newest page of each topic that was written to last."""
        walk = Walk.of(cursor["walk"]) if cursor.get("walk") else Walk(floor=cursor.get("floor"))
        for page, after in walked(self._client, walk, self._is_read):
            kept = {"floor": after.top} if after.is_over else {"walk": after.as_json()}
            yield self._filtered(replace(page, cursor=kept, more=not after.is_over))

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """Posts back to `since`, topic by topic."""
        if cursor.get("end"):
            return
        start = Walk(floor=int(since.timestamp() * 1000))
        walk = Walk.of(cursor["walk"]) if cursor.get("walk") else start
        for page, after in walked(self._client, walk, self._is_read):
            kept = {"end": True} if after.is_over else {"walk": after.as_json()}
            yield self._filtered(replace(page, cursor=kept, more=not after.is_over))

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """How posts stand, one question for each. A forum older than NodeBB 1.15 does not say."""
        for name in native_ids:
            found = self._client.one(self._number(name))
            if found is None:
                yield Standing(name)
            elif not found or mapping.is_gone(found):
                yield Standing(name, gone=True)
            else:
                yield Standing(name, record=self._whole(found))

    def answer(self, to: str, text: str) -> Sent:
        """Answer a post in its topic. A forum whose moderators look at answers first keeps it in their queue until then."""
        number = self._number(to)
        found = self._located(to)
        sent = self._client.send(str(found["tid"]), {"content": text, "toPid": found.get("pid") or number})
        if sent.get("pid"):
            return self._sent(sent["pid"])
        waiting = f"{self._client.forum}/post-queue/{sent.get('id') or ''}".rstrip("/")
        return Sent(waiting, waiting)

    def answered(self, to: str, text: str) -> Sent | None:
        """Our own answer to a post with these words, as they were typed."""
        self._located(to)
        own = str(self._client.own_account().get("uid"))
        for one in self._client.replies(self._number(to)):
            ours = str(one.get("uid")) == own and not mapping.is_gone(one)
            if ours and self._client.raw(str(one["pid"])).split() == text.split():
                return self._sent(one["pid"])
        return None

    @cached_property
    def _categories(self) -> frozenset[str]:
        """The numbers of the chosen categories; none where all are read."""
        names = self.setting.words("categories")
        return self._client.categories(names) if names else frozenset()

    def _is_read(self, topic: Mapping[str, Any]) -> bool:
        return not self._categories or str(topic.get("cid")) in self._categories

    def _filtered(self, page: Page) -> Page:
        return replace(page, records=[one for one in page.records if self._is_wanted(one)])

    def _is_wanted(self, record: Record) -> bool:
        topic, told = record["topic"], record["post"]
        title = mapping.title_of(topic) if str(told.get("pid")) == str(topic.get("mainPid")) else ""
        words = mapping.said(str(told.get("content") or ""), self._client.forum)
        return self._says(f"{title}\n{words.text}")

    def _whole(self, found: Mapping[str, Any]) -> Record:
        """The record of a post that came alone, with its topic inside."""
        topic = found.get("topic") or {}
        return {"forum": self._client.forum, "topic": {"cid": None, **topic}, "post": dict(found)}

    def _number(self, native_id: str) -> str:
        """The number by which the forum knows a post."""
        return native_id.removeprefix(f"{self._client.forum}/post/")

    def _located(self, to: str) -> Mapping[str, Any]:
        """The post, for those who may write. Raises WrongOption without a token, NotThere where it is gone."""
        if not self._token:
            raise WrongOption(option="token", reason="answers need a token")
        found = self._client.one(self._number(to))
        if not found or mapping.is_gone(found):
            raise NotThere(address=to, status=404)
        return found

    def _sent(self, number: object) -> Sent:
        return Sent(mapping.named(self._client.forum, number), mapping.named(self._client.forum, number))
