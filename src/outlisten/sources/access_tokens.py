"""Access tokens of OAuth 2.0 (RFC 6749), asked for as seldom as possible: one is used until the network finds it too old.

They live in this process only, one for each set of credentials, and are written nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.problems import CredentialRefused, ShapeChanged

REFUSED = (400, 401, 403)
ERROR = re.compile(r"[a-z_]{1,40}")  # RFC 6749, 5.2; anything else could be a piece of what was sent
_held: WeakKeyDictionary[Fetcher, dict[bytes, str]] = WeakKeyDictionary()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class AccessTokens:
    """Tokens that an address gives for a form, which holds what the network wants to see first."""

    fetcher: Fetcher
    address: str
    form: Mapping[str, str] = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    def asked(self, ask: Callable[[str], Answer]) -> Answer:
        """What `ask` is answered with a token, which is renewed once where the answer is 401. Raises SourceProblem."""
        token = self._token(None)
        answer = ask(token)
        return ask(self._token(token)) if answer.status == 401 else answer

    def _token(self, too_old: str | None) -> str:
        """The token held, or a new one; another thread may have renewed it meanwhile."""
        key = blake2b(
            repr((self.address, sorted(self.form.items()), sorted(self.headers.items()))).encode()
        ).digest()
        with _lock:
            tokens = _held.setdefault(self.fetcher, {})
            if tokens.get(key) in {too_old, None}:
                tokens[key] = self._new()
            return tokens[key]

    def _new(self) -> str:
        answer = self.fetcher.send("POST", self.address, data=self.form, headers=self.headers, judged=REFUSED)
        told = _object(answer)
        if answer.status in REFUSED or "error" in told:
            raise CredentialRefused(host=urlsplit(self.address).hostname, status=_error(told, answer.status))
        token = told.get("access_token")
        if not isinstance(token, str) or not token:
            raise ShapeChanged(host=answer.host, reason="no access token")
        return token


def _object(answer: Answer) -> Mapping[str, Any]:
    try:
        told = answer.json()
    except ShapeChanged:
        if answer.status in REFUSED:
            return {}
        raise
    return told if isinstance(told, dict) else {}


def _error(told: Mapping[str, Any], status: int) -> str | int:
    error = told.get("error")
    return error if isinstance(error, str) and ERROR.fullmatch(error) else status
