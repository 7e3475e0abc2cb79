"""A forum as a source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial
from itertools import product
from typing import Any

from outlisten.sources.connector import Connector, Cursor, Page, Post, Record, Setting, Standing
from outlisten.sources.discourse import mapping
from outlisten.sources.discourse.client import DiscourseClient
from outlisten.sources.mentions import mentions
from outlisten.sources.times import utc
from outlisten.sources.walking import Found, Listed, newest, older, parts


class Discourse(Connector):
    """One walk down the newest posts of all topics; what is not of the words and categories is left out here."""

    PACKAGE = "outlisten.sources.discourse"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._client = DiscourseClient(
            self.fetcher, setting.text("address"), key=setting.secrets.get("api_key", ""),
            user=setting.text("api_username"),
        )  # fmt: skip
        self._says = mentions(setting.words("words"))

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """Posts written since the cursor; at first the newest fifty."""
        return self._filtered(newest(cursor, self._client.newest))

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """Posts back to `since`: with words those that the forum's search finds, else all."""
        words = self.setting.words("words")
        if not words:
            return self._filtered(older(cursor, self._client.newest, _before(since)))
        named = self._categories[1] or ("",)
        searches = [f"{_phrase(word)} {category}".strip() for word, category in product(words, named)]
        walks = {
            asked: partial(older, ask=partial(self._hits, asked), before_time=_before(since))
            for asked in searches
        }
        return parts(cursor, walks)

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """How posts of this forum stand, one question for each."""
        for name in native_ids:
            topic, _, number = name.removeprefix(f"{self._client.forum}/t/").partition("/")
            if topic.isdigit() and number.isdigit():
                record = self._client.one(int(topic), int(number))
                yield Standing(name, gone=record is None, record=record)

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    @cached_property
    def _categories(self) -> tuple[frozenset[int], tuple[str, ...]]:
        """The chosen categories: their ids, and how the search names them; none where all are wanted."""
        names = self.setting.words("categories")
        return self._client.categories(names) if names else (frozenset(), ())

    def _filtered(self, pages: Iterator[Page]) -> Iterator[Page]:
        ids = self._categories[0]
        for page in pages:
            yield replace(page, records=[one for one in page.records if self._is_wanted(one["post"], ids)])

    def _is_wanted(self, told: Mapping[str, Any], ids: frozenset[int]) -> bool:
        if ids and told.get("category_id") not in ids:
            return False
        title = str(told.get("topic_title") or "") if told.get("post_number") == 1 else ""
        return self._says(f"{title}\n{mapping.said(str(told.get('cooked'))).text}")

    def _hits(self, asked: str, at: Any, _floor: int | None) -> Listed:
        """A page of the search, each hit read whole: a hit itself holds only a piece of the post."""
        page = int(at or 1)
        hits, more = self._client.search(asked, page)
        whole = [self._client.one(topic, number) for topic, number in hits]
        found = [Found(record["post"]["id"], str(record["post"]["id"]), record) for record in whole if record]
        return Listed(found, page + 1 if more else None)


def _phrase(word: str) -> str:
    return f'"{word}"' if " " in word else word


def _before(since: datetime) -> Callable[[Found], bool]:
    def is_before(one: Found) -> bool:
        written = utc(one.record["post"].get("created_at"))
        return written is not None and written < since

    return is_before
