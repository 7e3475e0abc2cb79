"""What the stream brings, as pages.

https://docs.x.com/x-api/posts/filtered-stream/introduction
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from outlisten.sources.connector import Cursor, Page, Record
from outlisten.sources.problems import QuotaUsedUp
from outlisten.sources.walking import Found, raised
from outlisten.sources.x.client import HOST
from outlisten.sources.x.lines import Lines
from outlisten.sources.x.records import before, records
from outlisten.sources.x.refusals import is_used_up
from outlisten.sources.x.walks import LATE, Listing, rank


def live_pages(
    lines: Lines, catch_up: Iterator[Page], listings: Sequence[Listing], rules: Mapping[str, str]
) -> Iterator[Page]:
    """First what is new until now, then what the stream brings until it ends. Raises SourceProblem.

    The stream is open before `catch_up` is asked for, so that nothing falls in between.
    """
    with lines.opened():
        cursor: Cursor = {}
        for page in catch_up:
            cursor = page.cursor
            yield page
        live = Live(listings, rules, cursor)
        while not (lines.ended or live.ended):
            yield live.page(lines.next())


class Live:
    """Turns lines into pages, and moves along the place of each list whose rule brought a post."""

    def __init__(self, listings: Sequence[Listing], rules: Mapping[str, str], cursor: Cursor) -> None:
        self._listings = {one.key: one for one in listings}
        self._rules, self._cursor = rules, cursor
        self.ended = False

    def page(self, lines: Sequence[str]) -> Page:
        """The page of these lines; without any post an empty one. Raises QuotaUsedUp."""
        found = [record for line in lines if line for record in self._told(_read(line))]
        return Page(found, self._cursor)

    def _told(self, told: Mapping[str, Any]) -> list[Record]:
        """The post of a line where a rule of this source brought it; a line may also say that the stream ends."""
        if "data" not in told:
            self._note_end(told)
            return []
        matched = {self._rules.get(str(rule.get("id"))) for rule in told.get("matching_rules") or []}
        lists = [one for key, one in self._listings.items() if key in matched]
        if not lists:
            return []
        first = next((one for one in lists if one.by == "mention"), lists[0])
        found = records(told, first.by, first.account)
        for record in found:
            self._move(lists, record)
        parents = [parent for record in found if record["by"] == "mention" for parent in before(record)]
        return [*parents, *found]

    def _note_end(self, told: Mapping[str, Any]) -> None:
        errors = [one for one in told.get("errors") or [told] if isinstance(one, dict)]
        if any(map(is_used_up, errors)):
            raise QuotaUsedUp(host=HOST)
        self.ended = self.ended or bool(told)

    def _move(self, lists: Sequence[Listing], record: Record) -> None:
        found = [Found(rank(record), str(record["tweet"]["id"]), record)]
        parts = {one.key: dict(self._cursor.get(one.key) or {}) for one in lists}
        moved = {
            key: {**part, "known": raised(part.get("known") or {}, found, LATE)}
            for key, part in parts.items()
        }
        self._cursor = {**self._cursor, **moved}


def _read(line: str) -> Mapping[str, Any]:
    """What a line says; nothing where it is no object of JSON."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
