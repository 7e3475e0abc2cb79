"""What streams bring, as pages."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from outlisten.sources.connector import Cursor, Page, Record
from outlisten.sources.mastodon.records import Records
from outlisten.sources.mastodon.streaming import Ended, Streams, Told
from outlisten.sources.mastodon.timelines import Timeline
from outlisten.sources.mastodon.walk import OVERLAP

# Searches have no stream. A source with one ends its streams so often; whoever starts them again first catches up with all.
WITH_SEARCHES = 600.0


def live_pages(
    streams: Streams, timelines: Sequence[Timeline], base: str, catch_up: Iterator[Page], records: Records
) -> Iterator[Page]:
    """First what is new until now, then what the streams bring. Raises NoStreams or SourceProblem.

    The streams are open before `catch_up` is asked for, so that nothing falls in between.
    """
    addresses = {one.key: f"{base}/api/v1/streaming/{one.stream}" for one in timelines if one.stream}
    until = time.monotonic() + WITH_SEARCHES if len(addresses) < len(timelines) else float("inf")
    with streams.opened(addresses):
        cursor: Cursor = {}
        for page in catch_up:
            cursor = page.cursor
            yield page
        live = Live(timelines, records, cursor)
        while not live.ended and time.monotonic() < until:
            yield live.page(streams.next())


class Live:
    """Turns events into pages, and moves each timeline's place along."""

    def __init__(self, timelines: Sequence[Timeline], records: Records, cursor: Cursor) -> None:
        self._timelines = {one.key: one for one in timelines}
        self._records, self._cursor = records, cursor
        self._last: dict[str, deque[str]] = {key: deque(maxlen=OVERLAP + 1) for key in self._timelines}
        self.ended = False

    def page(self, came: Sequence[Told]) -> Page:
        """The page of these events; without any, an empty one."""
        found: list[Record] = []
        gone: list[str] = []
        for event in came:
            match event.name:
                case "update" | "status.update" | "notification":
                    found += self._told(event)
                case "delete" if address := self._records.threads.address(event.said.strip()):
                    gone.append(address)
            self.ended = self.ended or isinstance(event, Ended)
        return Page(found, self._cursor, gone=gone)

    def _told(self, event: Told) -> list[Record]:
        item = _item(event.said)
        if not item:
            return []
        if event.name != "status.update":
            self._move(event.key, str(item["id"]))
        return self._records.of(self._timelines[event.key], [item], str(self._cursor.get("account", "")))

    def _move(self, key: str, identifier: str) -> None:
        """The place follows OVERLAP posts behind, as it does after a walk."""
        last = self._last[key]
        last.append(identifier)
        if len(last) > OVERLAP:
            places: dict[str, Any] = {**self._cursor.get("places", {}), key: {"since": last[0]}}
            self._cursor = {**self._cursor, "places": places}


def _item(said: str) -> Mapping[str, Any]:
    """The status or notification of an event; nothing where it holds none."""
    try:
        item = json.loads(said)
    except (ValueError, RecursionError):
        return {}
    return item if isinstance(item, dict) and item.get("id") else {}
