"""Asking the Stack Exchange interface, version 2.3: its wrapper, its pauses and its quota."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.problems import (
    CredentialRefused,
    QuotaUsedUp,
    ShapeChanged,
    SourceProblem,
    Throttled,
    Unavailable,
    WrongOption,
)
from outlisten.sources.walking import Found, Listed, by_second

INTERFACE = "https://api.stackexchange.com/2.3"
HOST = "api.stackexchange.com"
MOST = 100  # items an answer, and ids a question
PATIENCE = 60  # seconds of a pause that are waited out; a longer one ends the run
WITH_TEXT = "withbody"  # the built-in filter that adds the text of questions, answers and comments


class StackExchangeClient:
    """Asks about one site. Keeps every pause, and stops when the day's quota is used up."""

    def __init__(self, fetcher: Fetcher, *, key: str = "") -> None:
        self._fetcher, self._key = fetcher, key
        self._pause, self._left = 0.0, 1

    def search(
        self, site: str, asked: Mapping[str, str], *, sort: str, at: Mapping[str, Any] | None, floor: int | None
    ) -> Listed:  # fmt: skip
        """Questions by `activity` or `creation`, newest first. Raises SourceProblem."""
        bounds = {"min": floor, "max": at["second"] if at else None}
        wanted = {**asked, **{name: second for name, second in bounds.items() if second is not None}}
        answer = self._asked("search/advanced", site, sort=sort, pagesize=MOST, **wanted)
        ranked = "last_activity_date" if sort == "activity" else "creation_date"
        found = [_found(one, ranked) for one in answer.records("items")]
        return by_second(found, at, more=bool(answer.json().get("has_more")))

    def under(
        self, path: str, ids: Sequence[int], site: str, *, floor: int | None = None
    ) -> Iterator[dict[str, Any]]:
        """All items under some others (`questions/{}/answers`), by a hundred ids at once, from a second on where given."""
        bound = {} if floor is None else {"min": floor}
        sort = "creation" if path.endswith("comments") else "activity"
        for first in range(0, len(ids), MOST):
            joined = ";".join(map(str, ids[first : first + MOST]))
            page, more = 1, True
            while more:
                answer = self._asked(path.format(joined), site, sort=sort, page=page, pagesize=MOST, **bound)
                yield from answer.records("items")
                page, more = page + 1, bool(answer.json().get("has_more"))

    def known(self, kind: str, ids: Sequence[int], site: str) -> list[dict[str, Any]]:
        """What still stands of up to a hundred `questions`, `answers` or `comments`."""
        answer = self._asked(f"{kind}/{';'.join(map(str, ids))}", site, pagesize=MOST)
        return answer.records("items")

    def _asked(self, path: str, site: str, **params: Any) -> Answer:
        if self._left <= 0:
            raise QuotaUsedUp(host=HOST)
        if self._pause > PATIENCE:
            raise Throttled(host=HOST, status=200, wait=self._pause)
        key = {"key": self._key} if self._key else {}
        asked = {"site": site, "order": "desc", "filter": WITH_TEXT, **params, **key}
        answer = self._fetcher.send("GET", f"{INTERFACE}/{path}", params=asked, judged=(400, 404))
        told = answer.json()
        if not isinstance(told, dict):
            raise ShapeChanged(host=HOST, reason="no list of records")
        if "error_id" in told:
            raise _problem(told)
        self._left = int(told.get("quota_remaining", 1))
        self._pause = float(told.get("backoff", 0))
        if 0 < self._pause <= PATIENCE:
            self._fetcher.rest(INTERFACE, self._pause)
        return answer


def _problem(told: Mapping[str, Any]) -> SourceProblem:
    """What an error of the interface means (api.stackexchange.com/docs/error-handling)."""
    number, said = told["error_id"], str(told.get("error_message", ""))
    if number == 502:
        seconds = re.search(r"(\d+) seconds", said)
        return Throttled(host=HOST, status=number, wait=float(seconds[1]) if seconds else None)
    if number in {500, 503}:
        return Unavailable(host=HOST, status=number)
    if number == 400 and "site" in said:
        return WrongOption(option="site", reason="there is no such site")
    if number in {401, 402, 403, 405, 406} or "key" in said:
        return CredentialRefused(host=HOST, status=told.get("error_name", number))
    return ShapeChanged(host=HOST, reason=f"{number} {told.get('error_name', '')}".strip())


def _found(question: Mapping[str, Any], ranked: str) -> Found:
    second, number = question.get(ranked), question.get("question_id")
    if not isinstance(second, int) or not isinstance(number, int):
        raise ShapeChanged(host=HOST, reason="a record without its number or its date")
    return Found(second, str(number), question)
