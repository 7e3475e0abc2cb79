"""When a source is asked next: sooner where much comes, later where nothing does, later still while it fails."""

from __future__ import annotations

import random
from datetime import timedelta

MOST = timedelta(hours=6)  # the quietest feed is still asked four times a day
WANTED = 8.0  # new posts an ask should bring: fewer asks would be late, more would be in vain
HALF_LIFE = timedelta(hours=12)  # what a source brought half a day ago counts half
FIRST_RETRY = timedelta(seconds=15)
LONGEST_RETRY = timedelta(hours=2)


def rate(before: float | None, new_posts: int, since_last: timedelta) -> float:
    """New posts an hour, as a mean in which older asks count less (exponential, by time and not by number of asks)."""
    hours = max(since_last.total_seconds(), 1.0) / 3600
    seen = new_posts / hours
    if before is None:
        return seen
    weight: float = 0.5 ** (since_last / HALF_LIFE)
    return weight * before + (1 - weight) * seen


def wait(per_hour: float | None, *, every: timedelta, least: timedelta, more: bool = False) -> timedelta:
    """How long to wait after a good ask: `least` where a full page shows that more waits, else about WANTED new posts."""
    if more:
        return least
    if per_hour is None:
        return max(every, least)
    if per_hour <= 0:
        return MOST
    return min(max(timedelta(hours=WANTED / per_hour), least), max(MOST, least))


def retry(failures: int, asked: float | None, chance: random.Random) -> timedelta:
    """How long to wait after the n-th failure in a row: what the network asked for, else doubling with full jitter.

    Full jitter: Brooker, *Exponential Backoff and Jitter*, AWS Architecture Blog, 2015. A wait that the network named is
    never shortened, only drawn out by up to a tenth, so that a thousand sources do not return in one second.
    """
    if asked is not None:
        return timedelta(seconds=asked * (1 + chance.random() / 10) + 1)
    doubled: timedelta = FIRST_RETRY * 2.0 ** min(failures - 1, 20)
    ceiling = min(doubled, LONGEST_RETRY)
    return FIRST_RETRY / 3 + ceiling * chance.random()


def spread(wait_for: timedelta, chance: random.Random) -> timedelta:
    """The wait with a tenth more or less: sources added together drift apart."""
    return wait_for * (0.9 + 0.2 * chance.random())
