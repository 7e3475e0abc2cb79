"""How much a source usually brings, and whether its silence is one that chance explains.

A silence is held against the same hours of earlier weeks: what they brought, as one number, and how often they were seen. So a
night, a weekend or a holiday that recurs is no surprise in any time zone, and a working day without a post is. What those weeks
brought is taken as Poisson with a rate that is not known better than they tell (Gamma, with one post's worth of the overall
mean before anything was seen), so the posts of the next such hours are negative binomial. Where hours differ more than chance
makes them, as in bursts, an hour counts for less. A silence is told as a gap when the chance of bringing nothing for so long is
below 1 in 1,000.

Gelman et al., *Bayesian Data Analysis*, 3rd ed., 2.6 (Gamma-Poisson and its negative binomial prediction).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

HOUR = timedelta(hours=1)
WEEK = 168
ALARM = 0.001  # chance below which a silence is no chance any more
ENOUGH_HOURS = 48  # younger sources have no usual volume
ENOUGH_POSTS = 20


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual: the mean an hour, how much hours differ (the Gamma's shape), and for each hour of the week what it brought
    and how often it was seen."""

    hours: int
    posts: int
    mean: float
    shape: float
    brought: tuple[float, ...]
    seen: tuple[float, ...]

    @property
    def by_hour(self) -> tuple[float, ...]:
        """The mean of each hour of the week."""
        return tuple(posts / times for posts, times in zip(self.brought, self.seen, strict=True))

    @property
    def known(self) -> bool:
        """Whether there is enough to judge a silence by."""
        return self.hours >= ENOUGH_HOURS and self.posts >= ENOUGH_POSTS


@dataclass(frozen=True, slots=True)
class Silence:
    """How long nothing came, how much would usually have come meanwhile, and the chance that nothing does."""

    since: datetime
    expected: float
    chance: float

    @property
    def gap(self) -> bool:
        """Whether chance does not explain it."""
        return self.chance < ALARM


def usual(counts: Mapping[datetime, int], since: datetime, until: datetime) -> Usual:
    """From posts by hour (UTC, whole hours; an hour without any may be absent) between two moments."""
    first = since.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    hours = max(int((until - first) / HOUR), 0)
    every = [counts.get(first + number * HOUR, 0) for number in range(hours)]
    posts, mean = sum(every), sum(every) / hours if hours else 0.0
    brought, seen = [0.0] * WEEK, [0.0] * WEEK
    for number, count in enumerate(every):
        at = _hour_of_week(first + number * HOUR)
        brought[at] += count
        seen[at] += 1
    _borrow(brought, seen, mean)
    return Usual(hours, posts, mean, _shape(every, mean), tuple(brought), tuple(seen))


def silence(usually: Usual, last: datetime, now: datetime) -> Silence:
    """How surprising it is that nothing came since `last`."""
    brought, seen, hours, at = 0.0, 0.0, 0.0, last.astimezone(UTC)
    while at < now:
        end = min(at.replace(minute=0, second=0, microsecond=0) + HOUR, now)
        part, here = (end - at) / HOUR, _hour_of_week(at)
        brought += usually.brought[here] * part
        seen += usually.seen[here] * part
        hours += part
        at = end
    if not hours or not usually.mean:
        return Silence(last, 0.0, 1.0)
    # Gamma: so many posts in so many spans of this length, and one post before that.
    posts, spans = 1 + brought, 1 / (usually.mean * hours) + seen / hours
    expected = posts / spans
    counts_for = _surprise(expected / hours, usually.shape) / (expected / hours)
    chance = (spans / (spans + counts_for)) ** posts
    return Silence(last, expected, chance if usually.known else 1.0)


def _borrow(brought: list[float], seen: list[float], mean: float) -> None:
    """An hour of the week that was never seen yet is taken, once, for the same hour of the days that were."""
    for at in (at for at in range(WEEK) if not seen[at]):
        days = [day for day in range(at % 24, WEEK, 24) if seen[day] and day != at]
        times = sum(seen[day] for day in days)
        brought[at] = sum(brought[day] for day in days) / times if times else mean
    seen[:] = [times or 1.0 for times in seen]


def _surprise(mean: float, shape: float) -> float:
    """Minus the logarithm of the chance that a negative binomial of this mean and shape gives nothing."""
    return shape * math.log1p(mean / shape) if math.isfinite(shape) else mean


def _shape(counts: list[int], mean: float) -> float:
    """The Gamma's shape by the method of moments; infinite where hours differ no more than Poisson's do."""
    if len(counts) < 2 or not mean:
        return math.inf
    variance = sum((count - mean) ** 2 for count in counts) / (len(counts) - 1)
    return mean**2 / (variance - mean) if variance > mean else math.inf


def _hour_of_week(at: datetime) -> int:
    return at.weekday() * 24 + at.hour
