"""Whether more people write than chance makes of what is usual, over the last hour, three, six hours, or day.

Each length has its own threshold, so that all together give one false alarm in so many weeks: a window of `length` hours may be
had 168/length times a week, and what is looked at again and again as it fills is not looked at afresh each time (measured in
`benchmarks/alarms.py`). Of the lengths that pass, the least likely is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from outlisten.insights.unusual.usual import Usual

LENGTHS = (1, 3, 6, 24)
WEEK = 168
LEAST_TIMES = 1.5  # a rise that is certain and small is news for nobody


@dataclass(frozen=True, slots=True)
class Rise:
    """A window of `hours` up to `end`: people by the hour seen, usually expected with the range of 95 of 100 such windows,
    and the chance of so many or more when nothing is unusual."""

    start: datetime
    end: datetime
    hours: int
    seen: int
    expected: float
    low: int
    high: int
    chance: float
    threshold: float

    @property
    def fires(self) -> bool:
        """Whether it is more than chance explains and more than a small difference."""
        return self.chance < self.threshold and self.times >= LEAST_TIMES

    @property
    def times(self) -> float:
        """How many times the usual it is."""
        return self.seen / max(self.expected, 1e-9)

    @property
    def weeks(self) -> float:
        """Once in so many weeks chance alone gives such a window."""
        return self.hours / WEEK / max(self.chance, 1e-12)


def rise(
    usually: Usual, *, every_weeks: float, until: int | None = None, lengths: Sequence[int] = LENGTHS
) -> Rise | None:
    """The most surprising window that ends with hour `until` (the last), whether it fires or not.

    `every_weeks`: one false alarm in so many weeks is accepted. None while too little is known to judge.
    """
    end = len(usually.hours) if until is None else until
    fitting = [length for length in lengths if length < end]
    if not usually.known or not fitting:
        return None
    found = [_window(usually, end - length, end, every_weeks * len(fitting)) for length in fitting]
    return min(found, key=lambda one: (not one.fires, one.chance / one.threshold))


def began(usually: Usual, begin: int, end: int) -> datetime:
    """When a rise that stands in hours `begin` to `end` began: the start from which it is least like the usual.

    The maximum of the Poisson log likelihood ratio over starts up to a day earlier (Kulldorff, *A spatial scan statistic*, 1997).
    """
    from math import log

    best, place = 0.0, begin
    for start in range(max(begin - 24, 0), end):
        seen, expected = float(usually.hours.people[start:end].sum()), usually.expected(start, end)
        ratio = seen * log(seen / expected) - (seen - expected) if seen > expected > 0 else 0.0
        if ratio > best:
            best, place = ratio, start
    return usually.hours.moment(place)


def _window(usually: Usual, begin: int, end: int, every_weeks: float) -> Rise:
    from scipy.stats import nbinom

    length = end - begin
    seen, expected = int(usually.hours.people[begin:end].sum()), usually.expected(begin, end)
    shape = usually.shape(begin, length)
    spread = nbinom(shape, shape / (shape + expected))
    return Rise(
        usually.hours.moment(begin), usually.hours.moment(end), length, seen, expected,
        int(spread.ppf(0.025)), int(spread.ppf(0.975)), float(spread.sf(seen - 1)), length / WEEK / every_weeks,
    )  # fmt: skip
