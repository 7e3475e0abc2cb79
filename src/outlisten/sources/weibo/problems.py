"""What an error of Weibo's interface means (open.weibo.com/wiki/Error_code)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from outlisten.sources.fetching import Answer
from outlisten.sources.problems import (
    AnswerRefused,
    Because,
    CredentialRefused,
    NotAllowed,
    NotThere,
    QuotaUsedUp,
    ShapeChanged,
    SourceProblem,
    Throttled,
    Unavailable,
)

HOUR = 3_600.0  # what an address may ask is counted by the hour
EXPIRED = frozenset({21_315, 21_327})
TOKEN = EXPIRED | {21_301, 21_314, 21_316, 21_317, 21_319, 21_332}
ADDRESS_LIMIT, TOO_OFTEN = 10_022, 20_016
ACCOUNT_LIMITS = frozenset({10_023, 10_024})
# Errors of theirs; and 20032: it was published, but will be seen in a minute or two only.
PASSING = frozenset({10_001, 10_002, 10_003, 10_009, 10_010, 10_011, 20_032})
RIGHTS = frozenset({10_004, 10_005, 10_014, 20_015, 20_112, 20_508, 21_321})
MISSING = frozenset({20_101, 20_201})


def error_code(told: Any) -> int | None:
    """The error in an answer, if it is one: it is written as a number or as digits."""
    code = told.get("error_code") if isinstance(told, dict) else None
    if isinstance(code, str) and code.isdigit():
        return int(code)
    return code if isinstance(code, int) else None


def problem(answer: Answer, code: int, told: Mapping[str, Any], *, writing: bool = False) -> SourceProblem:
    """The problem that an error is. While writing, what is none of ours to mend means that the words were not taken."""
    host = answer.host
    if code in TOKEN:
        return CredentialRefused(
            host=host, status="the access token has expired" if code in EXPIRED else code
        )
    if code in ACCOUNT_LIMITS:
        return QuotaUsedUp(host=host)
    if code in {ADDRESS_LIMIT, TOO_OFTEN}:
        return Throttled(host=host, status=code, wait=HOUR)
    if code in PASSING:
        return Unavailable(host=host, status=code)
    if code in RIGHTS:
        return NotAllowed(host=host, status=code)
    if code in MISSING:
        return NotThere(address=answer.address, status=code)
    if writing:
        return AnswerRefused(host=host, reason=" ".join(str(told.get("error") or code).split())[:200])
    return ShapeChanged(host=host, reason=Because.of("status {status}", status=code))
