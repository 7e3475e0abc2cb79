"""Asking an AT Protocol service: plain JSON over our own Fetcher.

Not the `atproto` package: its clients open connections of their own, past the guard against private addresses, the shared pace
and the limits on what an answer may weigh, and it brings a second HTTP client and a second WebSocket library.

https://atproto.com/specs/xrpc
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.problems import Because, ShapeChanged, SourceProblem

APPVIEW = "https://public.api.bsky.app"  # shows what everyone may read, without an account
AT_ONCE = 25  # posts or profiles in one request
PACE = 0.2  # seconds between requests: 3,000 in five minutes are allowed


class Refused(Exception):
    """The service refused with an error of its own: `name` is the protocol's word for it."""

    def __init__(self, name: str, message: str, status: int) -> None:
        super().__init__(f"{name}: {message}" if message else name)
        self.name, self.message, self.status = name, message, status


class Xrpc:
    """One service, asked with the given headers."""

    def __init__(self, fetcher: Fetcher, service: str) -> None:
        parts = urlsplit(service)
        self.service = f"{parts.scheme}://{parts.netloc}"
        self.host = parts.hostname or service
        self._fetcher = fetcher

    def query(
        self, method: str, asked: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> Mapping[str, Any]:
        """What a query answers. Raises Refused for 400 and 401, else SourceProblem."""
        address = f"{self.service}/xrpc/{method}"
        return self._read(
            self._fetcher.get(address, params=asked, headers=headers, pace=PACE, judged={400, 401})
        )

    def procedure(
        self, method: str, said: Mapping[str, Any] | None, headers: Mapping[str, str] | None = None
    ) -> Mapping[str, Any]:
        """What a procedure answers. Raises as `query` does; after another SourceProblem it may have been done."""
        address = f"{self.service}/xrpc/{method}"
        return self._read(
            self._fetcher.send("POST", address, json=said, headers=headers, pace=PACE, judged={400, 401})
        )

    def _read(self, answer: Answer) -> Mapping[str, Any]:
        if answer.status in {400, 401}:
            raise _refused(answer)
        found = answer.json()
        if not isinstance(found, dict):
            raise ShapeChanged(host=self.host, reason="no object")
        return found


def in_groups(names: Sequence[str]) -> list[list[str]]:
    """As many at once as one request may ask for."""
    return [list(names[start : start + AT_ONCE]) for start in range(0, len(names), AT_ONCE)]


def listed(found: Mapping[str, Any], name: str, host: str) -> list[Mapping[str, Any]]:
    """A list in an answer. Raises ShapeChanged."""
    if not isinstance(found.get(name), list):
        raise ShapeChanged(host=host, reason=Because.of("no {name}", name=name))
    return [one for one in found[name] if isinstance(one, dict)]


def _refused(answer: Answer) -> Refused:
    try:
        told = answer.json()
    except SourceProblem:
        told = {}
    told = told if isinstance(told, dict) else {}
    return Refused(
        str(told.get("error") or f"status {answer.status}"), str(told.get("message") or ""), answer.status
    )
