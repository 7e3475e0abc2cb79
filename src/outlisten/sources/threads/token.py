"""The token of an account holds for sixty days: it is renewed every week, and where that fails it is told before it ends.

https://developers.facebook.com/docs/threads/get-started/long-lived-tokens/
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from outlisten.sources.problems import Because, CredentialRefused, SourceProblem
from outlisten.sources.threads.client import HOST, ThreadsClient

LASTS = timedelta(days=60)  # at most, from when it was made
AGAIN = timedelta(days=7)  # a renewed token is renewed again
NOT_YET = timedelta(hours=25)  # on its first day a token cannot be renewed
WARNED = timedelta(days=10)  # before its end
State = Mapping[
    str, Any
]  # in the cursor: which token this is about, when to renew it, and when it ends at the latest


def kept_fresh(
    client: ThreadsClient, state: State, now: datetime, keep: Callable[[str, str], None] | None
) -> State:
    """Renews the token when it is time, where a new one can be kept; returns what to remember of it.

    A refusal is no problem yet: whether the token is a good one the next requests tell.
    """
    ours = state if state.get("token") == _mark(client.token) else _state(client.token, now, NOT_YET, LASTS)
    if keep is None or now.timestamp() < ours["renew"]:
        return ours
    later = {**ours, "renew": _second(now + NOT_YET)}
    try:
        told = client.renewed()
        token, lasts = str(told["access_token"]), timedelta(seconds=int(told["expires_in"]))
    except (SourceProblem, KeyError, TypeError, ValueError):
        return later
    if not token:
        return later
    keep("token", token)
    client.token = token
    return _state(token, now, AGAIN, lasts)


def warn(state: State, now: datetime) -> None:
    """Raises CredentialRefused when the token ends soon, as it could not be renewed."""
    left = timedelta(seconds=state["ends"] - _second(now))
    if left < WARNED:
        days = max(left.days, 0)
        raise CredentialRefused(
            host=HOST, status=Because.of("the token ends in {days} days and could not be renewed", days=days)
        )


def _state(token: str, now: datetime, renew: timedelta, ends: timedelta) -> State:
    return {"token": _mark(token), "renew": _second(now + renew), "ends": _second(now + ends)}


def _second(at: datetime) -> int:
    return int(at.timestamp())


def _mark(token: str) -> str:
    """A token is told from another one by this; it cannot be made out of it."""
    return blake2b(token.encode(), digest_size=8).hexdigest()
