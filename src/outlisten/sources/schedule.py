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
    since = max(since_last, timedelta(seconds=1))  # clocks are set back at times
    seen = new_posts / (since / timedelta(hours=1))
    if before is None:
        return seen
    weight: float = 0.5 ** (since / HALF_LIFE)
    return weight * before + (1 - weight) * seen


def wait(per_hour: float | None, *, every: timedelta, least: timedelta, more: bool = False) -> timedelta:
    """How long to wait after a good ask: `least` where a full page shows that more waits, else about WANTED new posts."""
    if more:
        return least
    if per_hour is None:
        return max(every, least)
    longest = max(MOST, least)
    # A quiet source's mean halves without end: such a wait would be longer than a timedelta can be.
    if per_hour * (longest / timedelta(hours=1)) <= WANTED:
        return longest
    return max(timedelta(hours=WANTED / per_hour), least)


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
    """The wait with up to a fifth more, never less: sources added together drift apart, and none is asked too soon."""
    return wait_for * (1 + 0.2 * chance.random())


def scattered(wait_for: timedelta, least: timedelta, chance: random.Random) -> timedelta:
    """A random part of the wait, but no less than `least`: for sources that were asked all at once, when they were added or
    after a standstill. A little more for each (`spread`) would take days to draw them apart."""
    return least + max(wait_for - least, timedelta(0)) * chance.random()
