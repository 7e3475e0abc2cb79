"""Asking Meta's Graph API: objects, lists in pages, and writing.

Over our own Fetcher and not facebook-business or python-facebook-api: both open their connections with requests, past the guard,
the pace and the limits that all sources share, and put the token into the address.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.fetching.answers import checked
from outlisten.sources.graph_api.problems import error_of, is_bad_parameter, problem
from outlisten.sources.graph_api.usage import pause_asked
from outlisten.sources.problems import ShapeChanged, Throttled

VERSION = "v25.0"
FACEBOOK = f"https://graph.facebook.com/{VERSION}"
INSTAGRAM = f"https://graph.instagram.com/{VERSION}"
JUDGED = (400, 401, 403, 404, 429, 500, 503)  # all may carry an error that says more than its status
# What leads to the next page; all else in the address of it is asked anyway, the token among it.
PLACE = frozenset({"after", "until", "since", "offset", "__paging_token"})
Object = Mapping[str, Any]
Place = Mapping[str, str]


class GraphClient:
    """Asks with one token. With the app's secret each request proves that it comes from the app."""

    def __init__(self, fetcher: Fetcher, token: str, *, app_secret: str = "", base: str = FACEBOOK) -> None:
        self._fetcher, self._base = fetcher, base
        self.host = urlsplit(base).hostname or base
        self._headers = {"Accept": "application/json", "Authorization": f"Bearer {token}"}
        self._proof = {"appsecret_proof": _proof(token, app_secret)} if app_secret else {}
        self._pause = 0.0

    def get(self, path: str, **asked: Any) -> Object:
        """An object. Raises SourceProblem."""
        answer, told = self._sent("GET", path, params=asked)
        if error := error_of(told):
            raise problem(answer, error)
        return told

    def listed(
        self, path: str, at: Place | None, *, until_empty: bool = False, **asked: Any
    ) -> tuple[list[Object], Place | None]:
        """A page of a list, and where the next one is. A place that is not known any more is the top. Raises SourceProblem.

        `until_empty` for lists that give cursors and never say whether a page follows: an empty one is their end.
        """
        answer, told = self._sent("GET", path, params={**asked, **(at or {})})
        error = error_of(told)
        if error and at and is_bad_parameter(error):
            return self.listed(path, None, until_empty=until_empty, **asked)
        if error:
            raise problem(answer, error)
        found = _records(told, self.host)
        return found, next_place(told) or (cursor_after(told) if until_empty and found else None)

    def whole(self, path: str, *, most_pages: int, **asked: Any) -> Iterator[Object]:
        """The objects of a list, page after page. Raises SourceProblem."""
        at: Place | None = None
        for _ in range(most_pages):
            found, at = self.listed(path, at, **asked)
            yield from found
            if at is None:
                return

    def write(self, path: str, **form: str) -> str:
        """Write something; returns its id.

        Raises AnswerRefused when it surely does not stand, another SourceProblem when that is not known.
        """
        answer, told = self._sent("POST", path, data=form)
        if error := error_of(told):
            raise problem(answer, error, writing=True)
        if not isinstance(told.get("id"), str):
            raise ShapeChanged(host=self.host, reason="a record without its number or its date")
        return str(told["id"])

    def _sent(
        self, method: str, path: str, *, params: Mapping[str, Any] | None = None,
        data: Mapping[str, str] | None = None,
    ) -> tuple[Answer, dict[str, Any]]:  # fmt: skip
        """An answer with what it tells, an error perhaps. Not asked while the last answer told us to wait: raises Throttled."""
        if self._pause:
            wait, self._pause = self._pause, 0.0
            raise Throttled(host=self.host, status=429, wait=wait)
        answer = self._fetcher.send(
            method, f"{self._base}/{path}", params={**(params or {}), **self._proof}, data=data,
            headers=self._headers, judged=JUDGED,
        )  # fmt: skip
        told = _told(answer)
        self._pause = 0.0 if error_of(told) else pause_asked(answer.headers)
        return answer, told


def _told(answer: Answer) -> dict[str, Any]:
    """The object an answer holds. Raises what its status means where it holds no error of the Graph API's own."""
    try:
        told = answer.json()
    except ShapeChanged:
        told = None
    if not isinstance(told, dict) or (answer.status >= 400 and error_of(told) is None):
        checked(answer, datetime.now(UTC))
        raise ShapeChanged(host=answer.host, reason="no JSON")
    return told


def _records(told: Mapping[str, Any], host: str) -> list[Object]:
    found = told.get("data")
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ShapeChanged(host=host, reason="no list of records")
    return found


def next_place(told: Mapping[str, Any]) -> Place | None:
    """Where a list goes on. Only `next` says that it does: the last page has a cursor too."""
    following = (told.get("paging") or {}).get("next")
    if not isinstance(following, str):
        return None
    return {name: value for name, value in parse_qsl(urlsplit(following).query) if name in PLACE} or None


def cursor_after(told: Mapping[str, Any]) -> Place | None:
    """The place behind the last record of a page, whether or not something follows."""
    after = ((told.get("paging") or {}).get("cursors") or {}).get("after")
    return {"after": after} if isinstance(after, str) and after else None


def _proof(token: str, app_secret: str) -> str:
    """https://developers.facebook.com/docs/graph-api/guides/secure-requests"""
    return hmac.new(app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
