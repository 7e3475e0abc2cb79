"""What an answer means for a source: good, unchanged, or one of the problems, each told apart."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from outlisten.sources.problems import (
    Because,
    CredentialRefused,
    NotAllowed,
    NotThere,
    ShapeChanged,
    SourceProblem,
    Throttled,
    Unavailable,
)

LONGEST_WAIT = 24 * 3600.0  # a host that asks for more is asked again after a day all the same


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whole in memory. `status` 304 is *unchanged*; header names are lower case.

    `address` is where it came from after every redirect, `stands_at` where to ask the next time.
    """

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    stands_at: str = ""

    @property
    def unchanged(self) -> bool:
        return self.status == 304

    @property
    def host(self) -> str:
        return urlsplit(self.address).hostname or self.address

    def json(self) -> Any:
        """The body as JSON. Raises ShapeChanged."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as problem:
            raise ShapeChanged(host=self.host, reason="no JSON") from problem

    def records(self, *path: str) -> list[dict[str, Any]]:
        """The list of objects at a path of the JSON. Raises ShapeChanged where there is none."""
        found = self.json()
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise ShapeChanged(host=self.host, reason="no list of records")
        return found


def checked(answer: Answer, now: datetime) -> Answer:
    """The answer when it is a good one, 304 included. Raises the SourceProblem that its status means."""
    if answer.status < 400:
        return answer
    raise _problem(answer, now)


def _problem(answer: Answer, now: datetime) -> SourceProblem:
    host, status = answer.host, answer.status
    if status == 429 or (status == 403 and answer.headers.get("x-ratelimit-remaining") == "0"):
        return Throttled(host=host, status=status, wait=wait_asked(answer.headers, now))
    match status:
        case 401:
            return CredentialRefused(host=host, status=status)
        case 403:
            return NotAllowed(host=host, status=status)
        case 404 | 410:
            return NotThere(address=answer.address, status=status)
        case _ if status >= 500 or status in {408, 425}:
            return Unavailable(host=host, status=status, wait=wait_asked(answer.headers, now))
    return ShapeChanged(host=host, reason=Because.of("status {status}", status=status))


def wait_asked(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait by `Retry-After` (RFC 9110, 10.2.3: seconds or a date), else by the end of the rate-limit window."""
    if (said := headers.get("retry-after", "").strip()) and (wait := _after(said, now)) is not None:
        return wait
    for name in ("x-ratelimit-reset", "ratelimit-reset", "x-rate-limit-reset"):
        if said := headers.get(name, "").strip():
            return _until(said, now)
    return None


def _after(said: str, now: datetime) -> float | None:
    try:
        return _sensible(float(said))
    except ValueError:
        pass
    try:
        when = parsedate_to_datetime(said)
    except (TypeError, ValueError, OverflowError):
        return None
    return _sensible((when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds())


def _until(said: str, now: datetime) -> float | None:
    """Networks write the end of a window as seconds from now, as seconds of the epoch, or as a date of ISO 8601."""
    try:
        number = float(said)
        return _sensible(number if number < 1e8 else number - now.timestamp())
    except ValueError:
        pass
    try:
        when = datetime.fromisoformat(said)
    except ValueError:
        return None
    return _sensible((when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds())


def _sensible(seconds: float) -> float | None:
    if math.isnan(seconds):
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT)
