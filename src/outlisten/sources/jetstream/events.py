"""What Jetstream tells, one message each: a post written, changed or deleted.

https://github.com/bluesky-social/jetstream (its first wire format, which later servers keep): `kind` is commit, identity or
account, the last two of every account whatever was asked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import orjson

from outlisten.sources.atproto.written import COLLECTION

Does = Literal["writes", "deletes", "other"]


@dataclass(frozen=True, slots=True)
class Event:
    """One message: when the server saw it (microseconds of the epoch), what was done, and the post's address."""

    time_us: int
    does: Does
    uri: str
    did: str
    record: Mapping[str, Any]


def event(message: str) -> Event | None:
    """The event of a message, or None for one of another shape."""
    try:
        return _event(_read(message))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _read(message: str) -> Any:
    try:
        return orjson.loads(message)
    except orjson.JSONDecodeError:  # half of a surrogate pair, which JSON allows and orjson does not
        return json.loads(message)


def _event(told: Mapping[str, Any]) -> Event:
    at, did = int(told["time_us"]), str(told["did"])
    commit = told.get("commit") or {}
    if told.get("kind") != "commit" or commit.get("collection") != COLLECTION:
        return Event(at, "other", "", did, {})
    uri = f"at://{did}/{COLLECTION}/{commit['rkey']}"
    if commit["operation"] == "delete":
        return Event(at, "deletes", uri, did, {})
    if not isinstance(commit.get("record"), dict):
        return Event(at, "other", uri, did, {})
    return Event(at, "writes", uri, did, {"event": dict(told)})
