"""What is usual: how many people write in each hour of the week, at the level of the last days, and how much that varies.

Counts are negative binomial (Poisson where hours differ no more than Poisson's do) around *level × hour of the day × day of the
week × hour of the week*. The profile is learned from up to eight weeks; each factor is held back to 1 as if PRIOR people had
been seen at what the factors before it say, so a few posts make no rhythm and many make their own. The level is that of the
seven days before the hours that are judged, held back to the eight weeks' in the same way, and no lower than the median of the
last four weeks': a topic that grows is not unusual every day, and one that comes back after a week of holidays is not either.
How much counts vary beyond Poisson is found by moments over all windows of the judged length, those left out that were bursts:
what a first look, at capped counts, finds all but impossible.

Reference: metrics.md §5, “count model”; Cameron and Trivedi, *Regression Analysis of Count Data*, 2nd ed., 3.3 (negative
binomial of quadratic variance, moment estimator). Held-back factors are the posterior mean of a Gamma-Poisson rate, Gelman et
al., *Bayesian Data Analysis*, 3rd ed., 2.6.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from outlisten.insights.unusual.hours import Hours, Marks, Numbers, Places

PRIOR = 5.0  # people at the mean that hold a factor of the profile back
LEVEL_PRIOR = 10.0  # and the level of the last days
WEEK = 168
LEVEL_HOURS = WEEK
LEVEL_WEEKS = 4  # their median is the lowest level
ENOUGH = WEEK  # hours: younger topics have no usual week
BURST = 1e-8  # a window less likely than this at a first look is a burst, and tells nothing about the usual
TRIMMED = 0.95  # the part of hours and windows that the first look takes for calm


@dataclass(frozen=True)
class Usual:
    """A fitted rhythm over given hours."""

    hours: Hours
    profile: Numbers  # people expected in each of the hours at the level of all weeks

    @property
    def known(self) -> bool:
        """Whether there is enough to judge by."""
        return int(self.hours.used.sum()) >= ENOUGH

    def expected(self, begin: int, end: int) -> float:
        """People usual in hours `begin` to `end`, at the level of the time before them."""
        return float(self.profile[begin:end].sum() * self.level(begin))

    def level(self, begin: int) -> float:
        """How many times the usual of all weeks the days before that hour brought."""
        return float(self._levels(np.array([begin]))[0])

    def _levels(self, begins: Places) -> Numbers:
        """The level of the seven days before each hour, or the median of the four weeks before it where that is higher."""
        weeks = np.stack([self._brought(np.maximum(begins - week * WEEK, 0)) for week in range(LEVEL_WEEKS)])
        return np.asarray(np.maximum(weeks[0], np.median(weeks, axis=0)))

    def _brought(self, begins: Places) -> Numbers:
        """How many times the usual of all weeks the seven days before each hour brought; 1 where nothing is known of them."""
        since = np.maximum(begins - LEVEL_HOURS, 0)
        seen, usually = (sums[begins] - sums[since] for sums in self._sums)
        return (seen + LEVEL_PRIOR) / (usually + LEVEL_PRIOR)

    def shape(self, begin: int, length: int) -> float:
        """The negative binomial's shape for a window of so many hours: how far counts, and what is known of them, vary.

        The variance of a count with mean m is m + m²/shape; infinite for a Poisson count.
        """
        lately = self._sums[0][begin] - self._sums[0][max(begin - LEVEL_HOURS, 0)]
        alike = self.profile[begin : begin + length].sum() * self.hours.used.sum() / WEEK
        unknown = 1 / (lately + LEVEL_PRIOR) + 1 / (alike + PRIOR)
        return float(1 / (self._varies(length) + unknown))

    def _varies(self, length: int) -> float:
        """1/shape of windows of a length by moments: Σ((n − m)² − m) / Σm², never below 0."""
        seen, usually = self.windows(length)
        if usually.size == 0:
            return 0.0
        return _by_moments(seen, usually)

    def windows(self, length: int) -> tuple[Numbers, Numbers]:
        """(seen, expected) of every window of a length whose hours are all used and whose week before is known."""
        places = np.arange(len(self.hours) - length)
        unused = np.concatenate([[0.0], np.cumsum(~self.hours.used)])
        whole = places[(unused[places + length] == unused[places]) & (places >= 24)]
        seen = self._people[whole + length] - self._people[whole]
        return seen, (self._profile[whole + length] - self._profile[whole]) * self._levels(whole)

    @cached_property
    def _sums(self) -> tuple[Numbers, Numbers]:
        """Running sums over used hours only: (people, expected), one longer than the hours."""
        used = self.hours.used
        return _running(self.hours.people * used), _running(self.profile * used)

    @cached_property
    def _people(self) -> Numbers:
        return _running(self.hours.people)

    @cached_property
    def _profile(self) -> Numbers:
        return _running(self.profile)


def usual(hours: Hours) -> Usual:
    """What is usual in these hours; windows that were bursts beyond doubt are left out of it, and so are hours not used."""
    calm = hours.without(_bursts(hours))
    return Usual(calm, _profile(calm, calm.people, ("hour", "day", "hour of the week")))


def _profile(hours: Hours, counts: Numbers, factors: Sequence[str]) -> Numbers:
    """Mean × each factor, for the part of each hour that is over."""
    people, exposure = counts * hours.used, hours.exposure * hours.used
    mean = (people.sum() + 0.5) / max(exposure.sum(), 1.0)
    made = hours.exposure * mean
    kinds = {"hour": (hours.at % 24, 24), "day": (hours.at // 24, 7), "hour of the week": (hours.at, WEEK)}
    for group, groups in (kinds[factor] for factor in factors):
        seen = np.bincount(group, people, groups)
        usually = np.bincount(group, made * hours.used, groups)
        made = made * ((seen + PRIOR) / (usually + PRIOR))[group]
    return np.asarray(made)


def _bursts(hours: Hours, length: int = 6) -> Marks:
    """The hours of windows that a first look finds all but impossible."""
    from scipy.stats import nbinom

    found = np.zeros(len(hours), dtype=np.bool_)
    if len(hours) <= length:
        return found
    high = np.quantile(hours.people, TRIMMED)
    counts = np.minimum(hours.people, high + 3 * np.sqrt(high) + 3)
    profile = np.maximum(_profile(hours, counts, ("hour", "day")), _every_week(hours))
    seen, usually = (np.convolve(values, np.ones(length), "valid") for values in (hours.people, profile))
    surprise = (seen - usually) / np.sqrt(usually)
    calm = surprise <= np.quantile(surprise, TRIMMED)
    shape = 1 / (_by_moments(seen[calm], usually[calm]) + 1e-3)
    for place in np.flatnonzero(nbinom.sf(seen - 1, shape, shape / (shape + usually)) < BURST):
        found[place : place + length] = True
    return found


def _every_week(hours: Hours) -> Numbers:
    """The median of each hour's counts in all weeks: a rush that comes back is no burst."""
    medians = np.zeros(WEEK)
    for at in np.unique(hours.at):
        medians[at] = np.median(hours.people[hours.at == at])
    return np.asarray(medians[hours.at])


def _by_moments(seen: Numbers, usually: Numbers) -> float:
    beyond = ((seen - usually) ** 2 - usually).sum() / max((usually**2).sum(), math.ulp(1.0))
    return float(max(beyond, 0.0))


def _running(values: Numbers) -> Numbers:
    return np.concatenate([[0.0], np.cumsum(values)])
