"""Whether a larger share of people complain than chance makes of the usual share.

Of n people k complain; how much shares of windows of the same length vary beyond a coin's is found by moments, and k is beta
binomial. Both are the model's readings: its errors are in the usual share too, so a rise is told better than a level is.

Moments: Kleinman, *Proportions with extraneous variance*, JASA 68 (1973) 46–54.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from outlisten.insights.unusual.band import TAILS
from outlisten.insights.unusual.hours import Hours, Numbers
from outlisten.insights.unusual.rise import LEAST_TIMES, WEEK
from outlisten.insights.unusual.usual import ENOUGH

LENGTHS = (6, 24, 72)


@dataclass(frozen=True, slots=True)
class ShareRise:
    """A window up to `end` in which `complaining` of `people` (by the hour) complain, the usual share with the range of 95 of
    100 such windows, and the chance of so many or more when nothing is unusual."""

    start: datetime
    end: datetime
    hours: int
    complaining: int
    people: int
    usual: float
    low: float
    high: float
    chance: float
    threshold: float

    @property
    def fires(self) -> bool:
        """Whether it is more than chance explains and more than a small difference."""
        return self.chance < self.threshold and self.times >= LEAST_TIMES

    @property
    def share(self) -> float:
        """The share that complains."""
        return self.complaining / self.people if self.people else 0.0

    @property
    def times(self) -> float:
        """How many times the usual share it is."""
        return self.share / max(self.usual, 1e-9)

    @property
    def weeks(self) -> float:
        """Once in so many weeks chance alone gives such a window."""
        return self.hours / WEEK / max(self.chance, 1e-12)


def share_rise(
    complaining: Hours, people: Hours, *, every_weeks: float, until: int | None = None,
    fewest: int = 20, lengths: Sequence[int] = LENGTHS,
) -> ShareRise | None:  # fmt: skip
    """The most surprising window that ends with hour `until` (the last) among those with at least `fewest` people.

    None while too little is known to judge, or no window has so many.
    """
    end = len(people) if until is None else until
    tried = [length for length in lengths if length * 2 < end]
    if people.used[:end].sum() < ENOUGH or not tried:
        return None
    enough = [length for length in tried if people.people[end - length : end].sum() >= fewest]
    found = [_window(complaining, people, end - length, end, every_weeks * len(tried)) for length in enough]
    return min(found, key=lambda one: (not one.fires, one.chance / one.threshold), default=None)


def share_band(complaining: Hours, people: Hours, begin: int, end: int) -> tuple[float, float, float]:
    """The usual share, and the least and the most of 95 of 100 windows with as many people as hours `begin` to `end` have."""
    share, spread = _spread(complaining, people, begin, end)
    n = int(people.people[begin:end].sum())
    low, high = (float(spread.ppf(tail)) / n for tail in TAILS) if n else (0.0, 1.0)
    return share, low, high


def _spread(complaining: Hours, people: Hours, begin: int, end: int) -> tuple[float, Any]:
    """The usual share, and how many of the people in a window complain where it is usual."""
    from scipy.stats import betabinom

    share, strength = _usual(complaining.first(begin), people.first(begin), end - begin)
    return share, betabinom(int(people.people[begin:end].sum()), share * strength, (1 - share) * strength)


def _window(complaining: Hours, people: Hours, begin: int, end: int, every_weeks: float) -> ShareRise:
    length = end - begin
    n, k = int(people.people[begin:end].sum()), int(complaining.people[begin:end].sum())
    share, spread = _spread(complaining, people, begin, end)
    low, high = (float(spread.ppf(tail)) / n for tail in TAILS)
    return ShareRise(
        people.moment(begin), people.moment(end), length, k, n, share, low, high,
        float(spread.sf(k - 1)), length / WEEK / every_weeks,
    )  # fmt: skip


def _usual(complaining: Hours, people: Hours, length: int) -> tuple[float, float]:
    """The usual share, and how firmly windows of a length keep to it (the sum of the beta's two counts)."""
    starts = np.arange(len(people) % length, len(people), length)
    whole = np.add.reduceat(~people.used, starts) == 0 if starts.size else np.zeros(0, dtype=np.bool_)
    n = np.add.reduceat(people.people, starts)[whole]
    k = np.add.reduceat(complaining.people, starts)[whole]
    share = float((k.sum() + 0.5) / (n.sum() + 1.0))
    return share, min(_strength(k[n > 0], n[n > 0], share), float(n.sum()) + 1.0)


def _strength(k: Numbers, n: Numbers, share: float) -> float:
    """By moments: Σ(k − np)² = p(1 − p) Σ n(1 + (n − 1)ρ), strength = 1/ρ − 1; large where shares vary as a coin's do."""
    coin = share * (1 - share)
    beyond = ((k - n * share) ** 2).sum() / coin - n.sum() if k.size else 0.0
    pairs = (n * (n - 1)).sum()
    rho = beyond / pairs if pairs > 0 else 0.0
    return 1 / rho - 1 if 1e-6 < rho < 1 else 1e6 if rho <= 1e-6 else 1e-3
