"""What an error of the Threads API means.

https://developers.facebook.com/docs/graph-api/guides/error-handling
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from outlisten.sources.fetching import Answer, wait_asked
from outlisten.sources.problems import (
    Because,
    CredentialRefused,
    NotAllowed,
    NotThere,
    QueryRefused,
    QuotaUsedUp,
    SourceProblem,
    Throttled,
    Unavailable,
)

JUDGED = frozenset({400, 401, 403, 404, 429, 500, 503})
TOKEN, EXPIRED = frozenset({102, 190}), 463
# Of the app, of the user, of the page, one of its own: for Threads each is a count of the last 24 hours.
USED_UP = frozenset({4, 17, 32, 613})
PASSING = frozenset({1, 2})
RIGHTS = frozenset({3, 10, *range(200, 300)})
PARAMETER, NOT_FOUND = 100, 33


def error_of(answer: Answer) -> Mapping[str, Any]:
    """The error in an answer; empty where there is none."""
    try:
        told = answer.json()
    except SourceProblem:
        return {}
    error = told.get("error") if isinstance(told, dict) else None
    return error if isinstance(error, dict) else {}


def problem_of(answer: Answer) -> SourceProblem | None:
    """The problem that an answer of one of the judged statuses, or with an error inside, is; None for a good one."""
    error, host = error_of(answer), answer.host
    if answer.status < 400 and not error:
        return None
    code, subcode = error.get("code"), error.get("error_subcode")
    status = f"{code}/{subcode}" if subcode else str(code or answer.status)
    if code in TOKEN or answer.status == 401:
        said = "the access token has expired" if subcode == EXPIRED else status
        return CredentialRefused(host=host, status=said)
    if code in USED_UP:
        return QuotaUsedUp(host=host)
    if answer.status == 429:
        return Throttled(host=host, status=status, wait=wait_asked(answer.headers, datetime.now(UTC)))
    if code in RIGHTS or (answer.status == 403 and not error):
        return NotAllowed(host=host, status=status)
    if code in PASSING or error.get("is_transient") is True or (answer.status >= 500 and not error):
        return Unavailable(host=host, status=status, wait=wait_asked(answer.headers, datetime.now(UTC)))
    if (code == PARAMETER and subcode == NOT_FOUND) or answer.status == 404:
        return NotThere(address=answer.address, status=status)
    return QueryRefused(host=host, reason=words(error) or Because.of("status {status}", status=status))


def words(error: Mapping[str, Any]) -> str:
    """What Threads says of it to a person, cut to a line."""
    return " ".join(str(error.get("error_user_msg") or error.get("message") or "").split())[:200]
