"""How much a source usually brings, and whether its silence is one that chance explains.

Hourly counts are taken as Poisson with a rate that itself varies (Gamma), so the counts are negative binomial, as real streams
are: bursts are common and do not make a quiet hour suspicious. The rate of an hour of the week is that of all hours, moved
towards what that hour brought before, in proportion to how often it was seen. A silence is told as a gap when the chance of
bringing nothing for so long is below 1 in 1,000.

Gelman et al., *Bayesian Data Analysis*, 3rd ed., 2.7 (Gamma-Poisson); `reference/metrics` 5 for bursts of topics.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
WEEK = 168
ALARM = 0.001  # chance below which a silence is no chance any more
ENOUGH_HOURS = 48  # younger sources have no usual volume
ENOUGH_POSTS = 20
SHRINK = 2.0  # how many weeks of all hours weigh as much as one's own


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual: the mean an hour, how much hours differ (the Gamma's shape), and the mean of each hour of the week."""

    hours: int
    posts: int
    mean: float
    shape: float
    by_hour: tuple[float, ...]

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
    first = since.replace(minute=0, second=0, microsecond=0)
    hours = max(int((until - first) / HOUR), 0)
    every = [counts.get(first + number * HOUR, 0) for number in range(hours)]
    posts, mean = sum(every), sum(every) / hours if hours else 0.0
    sums, seen = [0.0] * WEEK, [0] * WEEK
    for number, count in enumerate(every):
        at = _hour_of_week(first + number * HOUR)
        sums[at] += count
        seen[at] += 1
    by_hour = tuple(
        (SHRINK * mean + total) / (SHRINK + times) for total, times in zip(sums, seen, strict=True)
    )
    return Usual(hours, posts, mean, _shape(every, mean), by_hour)


def silence(usually: Usual, last: datetime, now: datetime) -> Silence:
    """How surprising it is that nothing came since `last`."""
    expected, log_chance, at = 0.0, 0.0, last
    while at < now:
        end = min(at.replace(minute=0, second=0, microsecond=0) + HOUR, now)
        mean = usually.by_hour[_hour_of_week(at)] * ((end - at) / HOUR)
        expected += mean
        log_chance -= _surprise(mean, usually.shape)
        if log_chance < -50:
            break
        at = end
    return Silence(last, expected, math.exp(log_chance) if usually.known else 1.0)


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
