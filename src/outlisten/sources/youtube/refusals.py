"""What an error of Google's interface means for a source.

https://developers.google.com/youtube/v3/docs/errors and https://developers.google.com/youtube/v3/determine_quota_cost
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from outlisten.sources.fetching import Answer
from outlisten.sources.fetching.answers import checked
from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    NotAllowed,
    NotThere,
    QuotaUsedUp,
    ShapeChanged,
    SourceProblem,
    Throttled,
    Unavailable,
    WrongOption,
)

HOST = "youtube.googleapis.com"
JUDGED = (400, 401, 403, 404)
PACIFIC = ZoneInfo("America/Los_Angeles")
QUOTA = {"quotaExceeded", "dailyLimitExceeded"}
RATE = {"rateLimitExceeded", "userRateLimitExceeded"}
WRONG_KEY = {"API_KEY_INVALID", "keyInvalid", "authError"}
NO_ANSWER = """commentTextRequired commentTextTooLong commentsDisabled forbidden ineligibleAccount operationNotSupported
    parentCommentIsPrivate parentCommentNotFound parentIdMissing""".split()


def reasons(answer: Answer) -> set[str]:
    """Google's words for why it refused; none where it says nothing."""
    error = _error(answer)
    listed = [*_list(error.get("errors")), *_list(error.get("details"))]
    return {str(one["reason"]) for one in listed if isinstance(one, Mapping) and "reason" in one}


def problem(answer: Answer, now: datetime) -> SourceProblem:
    """The problem that a refusal is."""
    told = reasons(answer)
    if told & QUOTA:
        return QuotaUsedUp(host=HOST, wait=until_renewed(now))
    if told & RATE:
        return Throttled(host=HOST, status=answer.status, wait=60)
    if answer.status == 401 or told & WRONG_KEY:
        return CredentialRefused(host=HOST, status=answer.status)
    match answer.status:
        case 403:
            return NotAllowed(host=HOST, status=", ".join(sorted(told & {"commentsDisabled"})) or 403)
        case 404:
            return NotThere(address=answer.address, status=404)
        case 400 if told & {"invalidVideoId", "invalidChannelId"}:
            return WrongOption(option="videos", reason="a video is entered by its address or its id")
    return ShapeChanged(host=HOST, reason=", ".join(sorted(told)) or f"status {answer.status}")


def no_answer(answer: Answer, now: datetime) -> SourceProblem:
    """The problem that a refused answer is: AnswerRefused when it surely does not stand."""
    told = reasons(answer)
    if "processingFailure" in told:  # "can be a transient error": whether it stands is not known
        return Unavailable(host=HOST, status=answer.status)
    if told & set(NO_ANSWER):
        said = " ".join(str(_error(answer).get("message") or "").split())[:200]
        return AnswerRefused(host=HOST, reason=said or ", ".join(sorted(told)))
    return problem(answer, now)


def good(answer: Answer, now: datetime) -> Answer:
    """The answer when it is a good one. Raises SourceProblem."""
    if answer.status in JUDGED:
        raise problem(answer, now)
    return checked(answer, now)


def until_renewed(now: datetime) -> float:
    """Seconds to the next midnight of the Pacific coast, when Google renews a day's quota."""
    here = now.astimezone(PACIFIC)
    midnight = datetime.combine(here.date() + timedelta(days=1), time(), PACIFIC)
    return (midnight.astimezone(now.tzinfo) - now).total_seconds()


def _error(answer: Answer) -> Mapping[str, Any]:
    try:
        told = answer.json()
    except ShapeChanged:
        return {}
    error = told.get("error") if isinstance(told, dict) else None
    return error if isinstance(error, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
