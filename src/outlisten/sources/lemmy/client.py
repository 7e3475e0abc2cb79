"""Asking a Lemmy server by version 3 of its interface."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlsplit

from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.lemmy.mapping import native_id
from outlisten.sources.problems import NotAllowed, NotThere, ShapeChanged, Throttled
from outlisten.sources.times import utc
from outlisten.sources.walking import Found, Listed, by_page

Kind = Literal["posts", "comments"]
MOST = 50  # views an answer: the server cuts what is more
MISSING = ("couldnt_find", "not_found")  # how the names of errors begin that say that something is not there
ONE: dict[Kind, str] = {"posts": "post", "comments": "comment"}


class LemmyClient:
    """Lists, searches and looks up posts and comments of one server."""

    def __init__(self, fetcher: Fetcher, address: str) -> None:
        self._fetcher = fetcher
        parts = urlsplit(address)
        self.server = f"{parts.scheme}://{parts.netloc.lower()}"

    def listed(self, kind: Kind, asked: Mapping[str, str], at: Mapping[str, Any] | None) -> Listed:
        """The newest first, after `at`: of everything, of a community, or of what says a word. Raises SourceProblem."""
        place = at["place"] if at else {"page": 1}
        params = {**asked, "sort": "New", "limit": MOST, **place}
        if "q" in asked:
            params["type_"] = kind.capitalize()
        answer = _good(self._sent("search" if "q" in asked else f"{ONE[kind]}/list", params))
        views = answer.records(kind)
        found = [self._found(kind, view) for view in views]
        gone = [one.id for one in found if _is_gone(one.record[ONE[kind]])]
        following = _following(answer.json(), place) if len(views) >= MOST else None
        return by_page(found, at, following, gone)

    def one(self, kind: Kind, number: int) -> Mapping[str, Any] | None:
        """A post or a comment as it stands now; None when the server no longer shows it."""
        answer = self._sent(ONE[kind], {"id": number})
        if _error(answer).startswith(MISSING):
            return None
        told = _good(answer).json()
        view = told.get(f"{ONE[kind]}_view") if isinstance(told, dict) else None
        if not isinstance(view, dict) or not isinstance(view.get(ONE[kind]), dict):
            raise ShapeChanged(host=urlsplit(self.server).hostname, reason="no list of records")
        return None if _is_gone(view[ONE[kind]]) else view | {"server": self.server}

    def _sent(self, path: str, params: Mapping[str, Any]) -> Answer:
        return self._fetcher.send("GET", f"{self.server}/api/v3/{path}", params=params, judged=(400, 404))

    def _found(self, kind: Kind, view: dict[str, Any]) -> Found:
        one = view.get(ONE[kind])
        written = utc(one.get("published")) if isinstance(one, dict) else None
        if (
            not isinstance(one, dict)
            or not isinstance(one.get("id"), int)
            or not isinstance(written, datetime)
        ):
            raise ShapeChanged(
                host=urlsplit(self.server).hostname, reason="a record without its number or its date"
            )
        name = native_id(self.server, ONE[kind], one["id"])
        return Found(int(written.timestamp()), name, view | {"server": self.server})


def _is_gone(told: Mapping[str, Any]) -> bool:
    """Deleted by its author or removed by a moderator; the server still lists some of these, without their text."""
    return bool(told.get("deleted") or told.get("removed"))


def _following(told: Mapping[str, Any], place: Mapping[str, Any]) -> dict[str, Any] | None:
    """The next page: lists of posts have a cursor since 0.19, all others numbers."""
    if isinstance(told.get("next_page"), str):
        return {"page_cursor": told["next_page"]}
    return {"page": place["page"] + 1} if "page" in place else None


def _error(answer: Answer) -> str:
    """The name of an error of the interface; empty where the answer is no such error (a page of some other server)."""
    if answer.status < 400:
        return ""
    try:
        told = answer.json()
    except ShapeChanged:
        return ""
    return str(told.get("error") or "") if isinstance(told, dict) else ""


def _good(answer: Answer) -> Answer:
    """The answer when it is none of the interface's errors, most of which have status 400. Raises what the error means."""
    if answer.status < 400:
        return answer
    name = _error(answer)
    if name == "rate_limit_error":
        raise Throttled(host=answer.host, status=answer.status)
    if answer.status == 404 or name.startswith(MISSING):
        raise NotThere(address=answer.address.split("?", maxsplit=1)[0], status=name or answer.status)
    if name in {"instance_is_private", "not_logged_in"}:
        raise NotAllowed(host=answer.host, status=name)
    raise ShapeChanged(host=answer.host, reason=name or f"status {answer.status}")
