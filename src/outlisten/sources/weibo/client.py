"""Asking Weibo's interface, version 2, as one account: its lists, single records, and answering.

No library of Weibo is kept up any more; all it takes is this. https://open.weibo.com/wiki/微博API
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.fetching.answers import checked
from outlisten.sources.problems import NotThere, ShapeChanged
from outlisten.sources.walking import Found, Listed
from outlisten.sources.weibo.problems import error_code, problem

INTERFACE, HOST = "https://api.weibo.com/2", "api.weibo.com"
PAGE = 50  # records a page, and comments that are asked for at once
JUDGED = (400, 401, 403, 404, 500, 503)  # all may carry an error that says more than its status
Object = Mapping[str, Any]


class WeiboClient:
    """Asks with one account's token."""

    def __init__(self, fetcher: Fetcher, token: str) -> None:
        self._fetcher = fetcher
        self._headers = {"Accept": "application/json", "Authorization": f"OAuth2 {token}"}

    def uid(self) -> str:
        """The number of the account. Raises SourceProblem."""
        told = self._asked("account/get_uid", {})
        if not isinstance(told, dict) or not told.get("uid"):
            raise ShapeChanged(host=HOST, reason="no account")
        return str(told["uid"])

    def name(self, uid: str) -> str:
        """The name of an account."""
        told = self._asked("users/show", {"uid": uid})
        return str(told.get("screen_name") or "") if isinstance(told, dict) else ""

    def listed(self, path: str, key: str, at: int | None, floor: int | None, **asked: Any) -> Listed:
        """A page of `statuses` or `comments` from a number (`at`) down, newest first; each record is under its kind's name.

        Numbers grow with time. A page may hold fewer than it could, as what went is taken out of it: the end is an empty page,
        or the newest one that is known, which is asked for along with the new ones and saves asking for the empty page.
        """
        bounds = {"since_id": floor - 1 if floor else None, "max_id": at}
        wanted = {name: number for name, number in bounds.items() if number is not None}
        records = _records(self._asked(path, {"count": PAGE, **asked, **wanted}), key)
        found = [found_of(one, key) for one in records if not is_deleted(one)]
        numbers = [number_of(one) for one in records]
        lowest = min(numbers, default=0)
        ended = not numbers or lowest <= (floor or 0) or lowest == 1
        gone = [str(number_of(one)) for one in records if is_deleted(one) and key == "statuses"]
        return Listed(found, None if ended else lowest - 1, gone)

    def status(self, number: str) -> Object | None:
        """A post with its whole text, however long; None when it is gone. Raises SourceProblem."""
        try:
            told = self._asked("statuses/show", {"id": number, "isGetLongText": 1})
        except NotThere:
            return None
        if not isinstance(told, dict):
            raise ShapeChanged(host=HOST, reason="no list of records")
        return None if is_deleted(told) else told

    def comments(self, numbers: Sequence[str]) -> dict[str, Object] | None:
        """Those of up to fifty comments that still stand: Weibo leaves out what went, and says so where all did. None where it
        says nothing at all. Raises SourceProblem."""
        try:
            told = self._asked("comments/show_batch", {"cids": ",".join(numbers)})
        except NotThere:
            return {}
        records = _records({"comments": told}, "comments")
        return {str(number_of(one)): one for one in records if not is_deleted(one)} if records else None

    def written(self, pages: int) -> Iterator[Object]:
        """The comments that the account wrote last."""
        at: int | None = None
        for _ in range(pages):
            page = self.listed("comments/by_me", "comments", at, None)
            yield from (one.record["comments"] for one in page.found)
            if (at := page.next) is None:
                return

    def reply(self, status: str, comment: str, text: str) -> Object:
        """Answer a comment; Weibo puts `回复@name:` before it. Raises AnswerRefused when it surely does not stand, another
        SourceProblem when that is not known."""
        return self._write("comments/reply", {"id": status, "cid": comment, "comment": text})

    def comment(self, status: str, text: str) -> Object:
        """Comment on a post. Raises as `reply` does."""
        return self._write("comments/create", {"id": status, "comment": text})

    def _asked(self, path: str, params: Mapping[str, Any]) -> Any:
        answer = self._fetcher.send(
            "GET", f"{INTERFACE}/{path}.json", params=params, headers=self._headers, judged=JUDGED
        )
        return _good(answer)

    def _write(self, path: str, form: Mapping[str, str]) -> Object:
        answer = self._fetcher.send(
            "POST", f"{INTERFACE}/{path}.json", data=form, headers=self._headers, judged=JUDGED
        )
        told = _good(answer, writing=True)
        if not isinstance(told, dict):
            raise ShapeChanged(host=HOST, reason="no list of records")
        number_of(told)
        return told


def number_of(record: Object) -> int:
    """The number of a post or a comment. Raises ShapeChanged."""
    number = record.get("id") or record.get("idstr")
    try:
        return int(str(number))
    except ValueError as nothing:
        raise ShapeChanged(host=HOST, reason="a record without its number or its date") from nothing


def is_deleted(record: Object) -> bool:
    """Whether only the place of a record is left: `deleted` is a number or a digit."""
    return str(record.get("deleted") or "0") == "1"


def found_of(record: Object, key: str) -> Found:
    """A record with its number as rank."""
    number = number_of(record)
    return Found(number, str(number), {key: record})


def _good(answer: Answer, *, writing: bool = False) -> Any:
    """What a good answer tells. Raises the problem that its error or its status means."""
    try:
        told = answer.json()
    except ShapeChanged:
        checked(answer, datetime.now(UTC))
        raise
    if (code := error_code(told)) is not None:
        raise problem(answer, code, told, writing=writing)
    checked(answer, datetime.now(UTC))
    return told


def _records(told: Any, key: str) -> list[dict[str, Any]]:
    """The records of a list; an account that has none is answered with an empty list in place of an object."""
    found = told.get(key) if isinstance(told, dict) else told
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ShapeChanged(host=HOST, reason="no list of records")
    return found
