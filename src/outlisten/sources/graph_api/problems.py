"""What an error of the Graph API means for a source.

https://developers.facebook.com/docs/graph-api/guides/error-handling and, for limits,
https://developers.facebook.com/docs/graph-api/overview/rate-limiting/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from outlisten.sources.fetching import Answer
from outlisten.sources.graph_api.usage import pause_asked
from outlisten.sources.problems import (
    AnswerRefused,
    Because,
    CredentialRefused,
    NotAllowed,
    NotThere,
    ShapeChanged,
    SourceProblem,
    Throttled,
    Unavailable,
)

TOKEN = frozenset({102, 190})
EXPIRED = frozenset({463, 467})  # subcodes: expired, and invalid because it expired or was withdrawn
PASSING = frozenset({1, 2})
# Of the app, of the user, of the page, one of its own, of the application, blocked for a while for its behaviour.
LIMITS = frozenset({4, 17, 32, 613, 341, 368})
BUSINESS_LIMITS = range(80_000, 80_015)
RIGHTS = frozenset({3, 10, *range(200, 300)})
PARAMETER, NOT_FOUND, NO_SUCH_NAME = 100, 33, 803


def error_of(told: Any) -> Mapping[str, Any] | None:
    """The error in an answer, if it is one."""
    error = told.get("error") if isinstance(told, dict) else None
    return error if isinstance(error, dict) else None


def is_bad_parameter(error: Mapping[str, Any]) -> bool:
    """Whether something that was asked with is not taken (any more), such as a place in a list."""
    return error.get("code") == PARAMETER and error.get("error_subcode") != NOT_FOUND


def problem(answer: Answer, error: Mapping[str, Any], *, writing: bool = False) -> SourceProblem:
    """The problem that an error is. While writing, what is none of ours to mend means that the words were not taken."""
    code, subcode = _number(error.get("code")), error.get("error_subcode")
    status = f"{code}/{subcode}" if subcode else str(code)
    if code in TOKEN:
        said = "the access token has expired" if subcode in EXPIRED else status
        return CredentialRefused(host=answer.host, status=said)
    if code in LIMITS or code in BUSINESS_LIMITS:
        return Throttled(host=answer.host, status=status, wait=pause_asked(answer.headers) or None)
    if code in RIGHTS:
        return NotAllowed(host=answer.host, status=status)
    if code in PASSING or error.get("is_transient") is True:
        return Unavailable(host=answer.host, status=status)
    if (code == PARAMETER and subcode == NOT_FOUND) or code == NO_SUCH_NAME:
        return NotThere(address=answer.address, status=status)
    if writing:
        return AnswerRefused(host=answer.host, reason=_said(error, status))
    return ShapeChanged(host=answer.host, reason=Because.of("status {status}", status=status))


def _said(error: Mapping[str, Any], status: str) -> str:
    """What the network says to a person about its refusal, cut to a line."""
    words = str(error.get("error_user_msg") or error.get("message") or "")
    return " ".join(words.split())[:200] or status


def _number(code: Any) -> int:
    return code if isinstance(code, int) else -1
