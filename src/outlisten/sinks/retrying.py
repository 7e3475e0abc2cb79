"""When a message that could not be delivered is tried again: later and later, never sooner than asked, for about a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from outlisten.sources.problems import QuotaUsedUp, SourceProblem, Unavailable, Unreachable

FIRST = timedelta(seconds=30)
LONGEST = timedelta(hours=4)
GIVEN_UP_AFTER = timedelta(hours=24)
# Of any other problem only a person can tell what to do, or the message may have arrived.
PASSING = (Unreachable, Unavailable, QuotaUsedUp)


def next_try(
    problem: SourceProblem, *, failed: int, began: datetime, now: datetime, lot: float
) -> datetime | None:
    """When to try again after `failed` tries, the first of which was at `began`; None to give up.

    `lot` is a random number from 0 to 1, so that what failed together is not tried again together.
    """
    if not isinstance(problem, PASSING):
        return None
    asked = problem.wait if isinstance(problem, Unavailable | QuotaUsedUp) else None
    when = now + max(pause(failed, lot), timedelta(seconds=asked or 0.0))
    return when if when <= began + GIVEN_UP_AFTER else None


def pause(failed: int, lot: float) -> timedelta:
    """How long to wait after so many tries: doubled each time up to a limit, of which between half and all."""
    doubled: timedelta = FIRST * 2 ** min(max(failed, 1) - 1, 20)
    return min(doubled, LONGEST) * (0.5 + 0.5 * min(max(lot, 0.0), 1.0))
