"""What X means when it refuses: it names the problem in the body, and one status stands for several.

https://docs.x.com/x-api/fundamentals/response-codes-and-errors
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from outlisten.sources.fetching import Answer, wait_asked
from outlisten.sources.problems import (
    Because,
    NotAllowed,
    NotThere,
    QueryRefused,
    QuotaUsedUp,
    SourceProblem,
    Throttled,
    Unavailable,
)

JUDGED = frozenset({400, 402, 403, 404, 409, 429})
USED_UP = frozenset({"usage-capped", "credits", "credits-depleted"})
USED_UP_TITLES = frozenset({"UsageCapExceeded", "CreditsDepleted", "SpendCapReached"})


class StreamTaken(Throttled):
    """The app has one connection to the stream, and another program holds it."""


def refused(answer: Answer) -> None:
    """Raises what a refusal means, in X's own words where a person can do something about them."""
    if answer.status in JUDGED:
        raise problem_of(answer)


def problem_of(answer: Answer) -> SourceProblem:
    """The problem that a refusal of one of the judged statuses is."""
    told, host = problem_told(answer), answer.host
    if is_used_up(told) or answer.status == 402:
        return QuotaUsedUp(host=host)
    if kind(told) == "streaming-connection" or told.get("connection_issue"):
        return StreamTaken(
            host=host, status=answer.status, wait=wait_asked(answer.headers, datetime.now(UTC))
        )
    match answer.status:
        case 429:
            return Throttled(host=host, status=429, wait=wait_asked(answer.headers, datetime.now(UTC)))
        case 403:
            return NotAllowed(host=host, status=words(told) or 403)
        case 409:  # a stream whose rules X does not know yet
            return Unavailable(host=host, status=409)
        case 404:
            return NotThere(address=answer.address, status=404)
    return QueryRefused(host=host, reason=words(told) or Because.of("status {status}", status=answer.status))


def problem_told(answer: Answer) -> Mapping[str, Any]:
    """The problem in the body, with what the first of its list adds, and what it says as `said`; empty where there is none."""
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(told, dict):
        return {}
    errors = told.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    outer = {name: value for name, value in told.items() if name != "errors"}
    said = first.get("message") or first.get("detail") or outer.get("detail")
    return {**first, **outer, "said": said}


def kind(told: Mapping[str, Any]) -> str:
    """The last part of the problem's address, by which X names it."""
    return str(told.get("type") or "").rpartition("/")[2]


def is_used_up(told: Mapping[str, Any]) -> bool:
    """Whether a problem is that the credits or the cap of the account are used up."""
    return kind(told) in USED_UP or told.get("title") in USED_UP_TITLES


def words(told: Mapping[str, Any]) -> str:
    """What X says of it, cut to a line."""
    said = told.get("said") or told.get("detail") or told.get("title") or ""
    return " ".join(str(said).split())[:200]
