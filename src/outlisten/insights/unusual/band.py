"""What is usual hour by hour, with the range of 95 of 100 such hours: what a picture shows beside what was seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from outlisten.insights.unusual.hours import Numbers
from outlisten.insights.unusual.usual import Usual

TAILS = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Band:
    """One value for each hour: people expected, and the least and the most of 95 of 100 such hours."""

    expected: Numbers
    low: Numbers
    high: Numbers


def band(usually: Usual, begin: int, end: int) -> Band:
    """What is usual in each of the hours `begin` to `end`, at the level of the week before that hour.

    It is what `rise` compares a window of one hour with.
    """
    from scipy.stats import nbinom

    hours = range(begin, end)
    expected = np.array([usually.expected(hour, hour + 1) for hour in hours])
    shape = np.array([usually.shape(hour, 1) for hour in hours])
    low, high = (nbinom.ppf(tail, shape, shape / (shape + expected)) for tail in TAILS)
    return Band(expected, low, high)
