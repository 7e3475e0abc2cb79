"""Signing in with an app password, as seldom as possible: a service lets an account do so only 300 times a day.

https://docs.bsky.app/docs/advanced-guides/rate-limits . Sessions live in this process only; their tokens are written nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from outlisten.sources.atproto.xrpc import Refused, Xrpc
from outlisten.sources.fetching import Fetcher
from outlisten.sources.problems import Because, CredentialRefused, ShapeChanged

# What a service says of a token that is too old, or that it does not know any more.
OLD = frozenset({"ExpiredToken", "InvalidToken"})


@dataclass(frozen=True, slots=True)
class Session:
    """Who we are, and the two tokens: one for requests, one for new tokens."""

    did: str
    handle: str
    access: str
    refresh: str


_open: WeakKeyDictionary[Fetcher, dict[bytes, Session]] = WeakKeyDictionary()
_lock = Lock()


class SignedIn:
    """Asks a service as an account; signs in when it must, and renews what has grown old."""

    def __init__(self, fetcher: Fetcher, service: Xrpc, handle: str, password: str) -> None:
        self._service, self._handle, self._password = service, handle, password
        self._key = blake2b(f"{service.service}\0{handle}\0{password}".encode()).digest()
        with _lock:
            self._sessions = _open.setdefault(fetcher, {})

    @property
    def session(self) -> Session:
        """The account's session. Raises CredentialRefused, or another SourceProblem."""
        with _lock:
            if self._key not in self._sessions:
                self._sessions[self._key] = self._created()
            return self._sessions[self._key]

    def query(self, method: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        """What a query answers us. Raises Refused or SourceProblem."""
        return self._asked(lambda headers: self._service.query(method, asked, headers))

    def procedure(self, method: str, said: Mapping[str, Any]) -> Mapping[str, Any]:
        """What a procedure answers us. Raises Refused or SourceProblem."""
        return self._asked(lambda headers: self._service.procedure(method, said, headers))

    def _asked(self, ask: Callable[[Mapping[str, str]], Mapping[str, Any]]) -> Mapping[str, Any]:
        session = self.session
        try:
            return ask(_headers(session.access))
        except Refused as refused:
            if refused.name not in OLD:
                raise self._told(refused) from refused
        try:
            return ask(_headers(self._renewed(session).access))
        except Refused as refused:
            raise self._told(refused) from refused

    def _renewed(self, old: Session) -> Session:
        """A session with fresh tokens; another thread may have made it meanwhile."""
        with _lock:
            if self._sessions.get(self._key) in {old, None}:
                try:
                    told = self._service.procedure(
                        "com.atproto.server.refreshSession", None, _headers(old.refresh)
                    )
                    self._sessions[self._key] = self._read(told)
                except Refused:
                    self._sessions[self._key] = self._created()
            return self._sessions[self._key]

    def _created(self) -> Session:
        said = {"identifier": self._handle, "password": self._password}
        try:
            return self._read(self._service.procedure("com.atproto.server.createSession", said))
        except Refused as refused:
            raise CredentialRefused(host=self._service.host, status=refused.name) from refused

    def _read(self, told: Mapping[str, Any]) -> Session:
        try:
            return Session(told["did"], told["handle"], told["accessJwt"], told["refreshJwt"])
        except KeyError as problem:
            raise ShapeChanged(
                host=self._service.host, reason=Because.of("no {name}", name=problem)
            ) from problem

    def _told(self, refused: Refused) -> Exception:
        """401 is a matter of the password; other refusals are for whoever asked."""
        if refused.status == 401:
            return CredentialRefused(host=self._service.host, status=refused.name)
        return refused


def _headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
