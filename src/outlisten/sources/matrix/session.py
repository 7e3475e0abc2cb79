"""Asking a homeserver as an account: with an access token, or signed in with a password as seldom as possible.

Synapse lets an account sign in five times and then once in about five minutes, so a sign-in is kept for the process. Its token
is written nowhere. https://spec.matrix.org/v1.15/client-server-api/#login
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from hashlib import blake2b
from threading import Lock
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.fetching.answers import wait_asked
from outlisten.sources.problems import (
    Because,
    CredentialRefused,
    NotAllowed,
    NotThere,
    QuotaUsedUp,
    ShapeChanged,
    SourceProblem,
    Throttled,
)

JUDGED = frozenset({400, 401, 403, 404, 405, 409, 413, 429})
CLOSED = frozenset({"M_USER_DEACTIVATED", "M_USER_LOCKED", "M_USER_SUSPENDED"})
# A sign-in ends the one before it of the same device. Processes that run side by side are devices of their own; there are at
# most so many, however often they start.
DEVICES = 8
LARGEST = 64 * 1024 * 1024  # bytes: the first sync of an account in many rooms

_tokens: WeakKeyDictionary[Fetcher, dict[bytes, str]] = WeakKeyDictionary()
_lock = Lock()


class Session:
    """One account of one homeserver. `secret` is the password where there is a user, else an access token."""

    def __init__(self, fetcher: Fetcher, server: str, *, user: str, secret: str) -> None:
        parts = urlsplit(server)
        self._entered = f"{parts.scheme}://{parts.netloc}"
        self.host = parts.hostname or server
        self._fetcher, self._user, self._secret = fetcher, user, secret
        self._key = blake2b(f"{self._entered}\0{user}\0{secret}".encode()).digest()
        with _lock:
            self._kept = _tokens.setdefault(fetcher, {})

    def asked(
        self, method: str, path: str, params: Mapping[str, Any] | None = None, said: Any = None
    ) -> Answer:
        """The answer, also one of a status in JUDGED, except 401 and 429. A token that has run out is replaced once, where
        there is a password. Raises SourceProblem."""
        token = self._token()
        answer = self._sent(method, path, params, said, token)
        if answer.status == 401 and self._user:
            self._forget(token)
            answer = self._sent(method, path, params, said, self._token())
        if answer.status in {401, 429} or error(answer) in CLOSED:
            raise problem(answer)
        return answer

    def good(
        self, method: str, path: str, params: Mapping[str, Any] | None = None, said: Any = None
    ) -> dict[str, Any]:
        """The object that the server answers. Raises SourceProblem."""
        return self.read(self.asked(method, path, params, said))

    def read(self, answer: Answer) -> dict[str, Any]:
        """The object in a good answer. Raises SourceProblem."""
        if answer.status >= 400:
            raise problem(answer)
        told = answer.json()
        if not isinstance(told, dict):
            raise ShapeChanged(host=self.host, reason="no list of records")
        return told

    @cached_property
    def _base(self) -> str:
        """Where the interface is: a server's name may point to another host (the specification's server discovery)."""
        try:
            told = self._fetcher.get(f"{self._entered}/.well-known/matrix/client").json()
            address = str(told["m.homeserver"]["base_url"])
        except (SourceProblem, KeyError, TypeError):
            return self._entered
        return address.rstrip("/") if address.startswith(("https://", "http://")) else self._entered

    def _sent(self, method: str, path: str, params: Any, said: Any, token: str) -> Answer:
        return self._fetcher.send(
            method, f"{self._base}/_matrix/client{path}", params=params, json=said,
            headers={"Accept": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})},
            judged=JUDGED, largest=LARGEST,
        )  # fmt: skip

    def _token(self) -> str:
        if not self._user:
            return self._secret
        with _lock:
            if self._key not in self._kept:
                self._kept[self._key] = self._signed_in()
            return self._kept[self._key]

    def _forget(self, token: str) -> None:
        """Another thread may have signed in again meanwhile."""
        with _lock:
            if self._kept.get(self._key) == token:
                del self._kept[self._key]

    def _signed_in(self) -> str:
        said = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": self._user},
            "password": self._secret,
            "device_id": f"OUTLISTEN{os.getpid() % DEVICES}",
            "initial_device_display_name": "Outlisten",
        }
        answer = self._sent("POST", "/v3/login", None, said, "")
        if answer.status in {400, 401, 403} and error(answer) != "M_RESOURCE_LIMIT_EXCEEDED":
            raise CredentialRefused(host=self.host, status=error(answer) or answer.status)
        token = self.read(answer).get("access_token")
        if not isinstance(token, str):
            raise ShapeChanged(host=self.host, reason=Because.of("no {name}", name="access_token"))
        return token


def error(answer: Answer) -> str:
    """The server's own code of an error, `M_FORBIDDEN` say; empty where the answer has none."""
    return str(_body(answer).get("errcode") or "") if answer.status >= 400 else ""


def words(answer: Answer) -> str:
    """What a server says about its refusal, cut to a line."""
    return " ".join(str(_body(answer).get("error") or "").split())[:200] or f"status {answer.status}"


def problem(answer: Answer) -> SourceProblem:
    """What an error means for a source."""
    code, status, host = error(answer), answer.status, answer.host
    if status == 429:
        return Throttled(host=host, status=status, wait=_wait(answer))
    if code == "M_RESOURCE_LIMIT_EXCEEDED":
        return QuotaUsedUp(host=host)
    if status == 401 or code in CLOSED:
        return CredentialRefused(host=host, status=code or status)
    if status == 403:
        return NotAllowed(host=host, status=code or status)
    if status == 404:
        return NotThere(address=answer.address, status=status)
    return ShapeChanged(host=host, reason=Because.of("status {status}", status=status))


def _wait(answer: Answer) -> float | None:
    """Seconds to wait: Retry-After, or what servers before Matrix 1.10 say in the body."""
    if (wait := wait_asked(answer.headers, datetime.now(UTC))) is not None:
        return wait
    told = _body(answer).get("retry_after_ms")
    return max(float(told), 0.0) / 1000 if isinstance(told, int | float) else None


def _body(answer: Answer) -> dict[str, Any]:
    try:
        told = answer.json()
    except ShapeChanged:
        return {}
    return told if isinstance(told, dict) else {}
