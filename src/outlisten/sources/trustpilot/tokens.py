"""Trustpilot's tokens. They are good for a hundred hours, and Trustpilot refuses who asks for new ones too often: one is kept
for the process, in memory alone."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from threading import Lock

from outlisten.sources.fetching import Fetcher
from outlisten.sources.problems import CredentialRefused

TOKENS = "https://api.trustpilot.com/v1/oauth/oauth-business-users-for-applications/accesstoken"
EARLY = 300.0  # seconds before its end that a token is renewed
_kept: dict[str, tuple[str, float]] = {}
_lock = Lock()


def token(fetcher: Fetcher, key: str, secret: str) -> str:
    """The application's token. Raises SourceProblem."""
    pair = f"{key}:{secret}".encode()
    name = sha256(pair).hexdigest()
    with _lock:
        found, until = _kept.get(name, ("", 0.0))
        if time.time() < until - EARLY:
            return found
        _kept[name] = _new(fetcher, pair)
        return _kept[name][0]


def forget(key: str, secret: str) -> None:
    """Ask for a new token the next time: this one was refused."""
    with _lock:
        _kept.pop(sha256(f"{key}:{secret}".encode()).hexdigest(), None)


def _new(fetcher: Fetcher, pair: bytes) -> tuple[str, float]:
    headers = {"Authorization": f"Basic {b64encode(pair).decode()}"}
    form = {"grant_type": "client_credentials"}
    answer = fetcher.send("POST", TOKENS, headers=headers, data=form, judged=(400, 401))
    told = answer.json() if answer.status < 400 else {}
    found = told.get("access_token") if isinstance(told, Mapping) else None
    if not isinstance(found, str):
        raise CredentialRefused(host=answer.host, status=answer.status)
    return found, time.time() + _seconds(told.get("expires_in"))


def _seconds(told: object) -> float:
    try:
        return float(str(told))
    except ValueError:
        return 0.0
