"""Asking a server of the Fediverse through Mastodon's interface.

Over our own Fetcher and not Mastodon.py: that opens its connections with requests, past the guard against private addresses,
past the pace that all sources of a host share, and past the limits on what an answer may weigh.

https://docs.joinmastodon.org/methods/
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.mastodon.timelines import Timeline
from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    NotThere,
    ShapeChanged,
    SourceProblem,
    Unreachable,
)

PAGE = 40  # the most that a timeline gives at once
Status = Mapping[str, Any]


class MastodonClient:
    """Asks one server, as an account where there is a token."""

    def __init__(self, fetcher: Fetcher, server: str, token: str = "") -> None:
        parts = urlsplit(server)
        self.server = f"{parts.scheme}://{parts.netloc}"
        self.host = parts.hostname or server
        self.signed_in = bool(token)
        self._fetcher = fetcher
        # Each request on a connection of its own: some servers (snac) close theirs without a word, and an answer that is sent
        # just then is neither refused nor surely there.
        self._headers = {
            "Accept": "application/json",
            "Connection": "close",
            **({"Authorization": f"Bearer {token}"} if token else {}),
        }

    def page(self, timeline: Timeline, *, since: str = "", below: str = "") -> list[Mapping[str, Any]]:
        """The newest statuses or notifications of a timeline between two ids, newest first. Raises SourceProblem."""
        bounds = {timeline.lower: since, "max_id": below}
        asked = {**timeline.asked, **{name: one for name, one in bounds.items() if one}, "limit": PAGE}
        try:
            found = self._get(timeline.path, asked)
        except NotThere:
            if timeline.may_be_absent:
                return []
            raise
        return self._listed(found.get("statuses") if isinstance(found, dict) else found)

    def status(self, identifier: str) -> Status | None:
        """A status by the server's own id, or None when there is none that we may read."""
        try:
            found = self._get(f"/api/v1/statuses/{quote(identifier, safe='')}", {})
        except NotThere:
            return None
        return found if isinstance(found, dict) else None

    def statuses(self, identifiers: Sequence[str]) -> list[Status]:
        """Those of the statuses that we may read; none where the server gives only one at a time (before Mastodon 4.3)."""
        try:
            found = self._get("/api/v1/statuses", {"id[]": list(identifiers)})
        except NotThere:
            return []
        return self._listed(found)

    def around(self, identifier: str) -> tuple[list[Status], list[Status]]:
        """What a status answers, from the first on, and what answers it. Raises SourceProblem."""
        found = self._get(f"/api/v1/statuses/{quote(identifier, safe='')}/context", {})
        if not isinstance(found, dict):
            raise ShapeChanged(host=self.host, reason="no context")
        return self._listed(found.get("ancestors")), self._listed(found.get("descendants"))

    def found(self, address: str) -> list[Status]:
        """What the server knows under the address of a status on any server; it asks that server if need be."""
        asked = {"q": address, "type": "statuses", "resolve": "true", "limit": 5}
        found = self._get("/api/v2/search", asked)
        return self._listed(found.get("statuses") if isinstance(found, dict) else None)

    def own_account(self) -> Mapping[str, Any]:
        """The account of the token. Raises CredentialRefused."""
        found = self._get("/api/v1/accounts/verify_credentials", {})
        if not isinstance(found, dict) or not found.get("id"):
            raise ShapeChanged(host=self.host, reason="no account")
        return found

    def statuses_of(self, account: str) -> list[Status]:
        """What an account wrote last."""
        return self._listed(
            self._get(f"/api/v1/accounts/{quote(account, safe='')}/statuses", {"limit": PAGE})
        )

    def send(self, form: Mapping[str, str], key: str) -> Status:
        """Write a status; the server takes one with the same key only once.

        Raises AnswerRefused when it surely does not stand, another SourceProblem when that is not known.
        """
        answer = self._fetcher.send(
            "POST", f"{self.server}/api/v1/statuses", data=form,
            headers=self._headers | {"Idempotency-Key": key}, judged={400, 404, 413, 422},
        )  # fmt: skip
        if answer.status >= 400:
            raise AnswerRefused(host=self.host, reason=_reason(answer))
        sent = answer.json()
        if not isinstance(sent, dict) or not (sent.get("uri") or sent.get("url")):
            raise ShapeChanged(host=self.host, reason="no status")
        return sent

    def streaming_server(self) -> str:
        """Where the server sends new posts from: another host for some."""
        try:
            about = self._get("/api/v2/instance", {})
            address = str(about["configuration"]["urls"]["streaming"])
        except (NotThere, KeyError, TypeError):
            return self.server
        return address.replace("ws", "http", 1).rstrip("/") if address.startswith("ws") else self.server

    def stands(self, address: str) -> bool | None:
        """Whether a post is still there, from the server it was written on; None where that does not say. Raises
        Unreachable.

        ActivityPub 3.2 and 6.4: what is not public is answered like what never was (404), what is deleted too or with 410.
        """
        headers = {
            "Accept": 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
        }
        try:
            answer = self._fetcher.get(address, headers=headers)
            told = answer.json()
        except NotThere:
            return False
        except Unreachable:
            raise
        except SourceProblem:
            return None
        return not (isinstance(told, dict) and told.get("type") == "Tombstone")

    @property
    def headers(self) -> Mapping[str, str]:
        """What each request carries; for the streams."""
        return self._headers

    def _get(self, path: str, asked: Mapping[str, Any]) -> Any:
        answer = self._fetcher.get(f"{self.server}{path}", params=asked, headers=self._headers, judged={422})
        if (
            answer.status == 422
        ):  # "This method requires an authenticated user", and snac's word for a wrong token
            raise CredentialRefused(host=self.host, status=422)
        return answer.json()

    def _listed(self, found: Any) -> list[Any]:
        if not isinstance(found, list):
            raise ShapeChanged(host=self.host, reason="no list")
        return [one for one in found if isinstance(one, dict)]


def _reason(answer: Answer) -> str:
    """What a server says about its refusal, cut to a line."""
    try:
        said = str(answer.json()["error"])
    except (ShapeChanged, KeyError, TypeError):
        said = ""
    return " ".join(said.split())[:200] or f"status {answer.status}"
