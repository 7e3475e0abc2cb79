"""Placebo tests in time: the same test on earlier dates, when nothing was promised.

Their spread says how far an effect strays by chance with this series, this model and this length of window. It widens
the model's own interval where that is too sure, and gives the smallest effect that could have been seen. Abadie,
Diamond and Hainmueller, JASA 105 (2010) 493-505, and Bertrand, Duflo and Mullainathan, Quarterly Journal of Economics
119 (2004) 249-275, for why a model's own error is not enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from scipy.special import stdtrit

from outlisten.insights.effects.structural import StructuralModel

POWER = 0.8
FEWEST_TOLD = 12  # buckets seen before the first placebo date, so that its forecast rests on something
A_UNKNOWN = 3  # or this many for each unknown of the model
SEEN = 0.5  # of a window's buckets: with fewer it is not the same test


@dataclass(frozen=True, slots=True)
class Deviation:
    """An effect at a date in model units, with the error that the model itself gives it."""

    place: int
    effect: float
    error: float


@dataclass(frozen=True, slots=True)
class Calibrated:
    """An effect whose error the placebo dates have set: `error` in model units, with Student's `freedom`."""

    effect: float
    error: float
    freedom: float

    def ends(self, level: float = 0.05) -> tuple[float, float]:
        """The interval that misses the truth in the share `level` of tests."""
        half = float(stdtrit(self.freedom, 1 - level / 2)) * self.error
        return self.effect - half, self.effect + half

    def detectable(self, level: float = 0.05) -> float:
        """The smallest effect whose interval excludes nothing-happened in 80 % of tests, in model units."""
        quantiles = stdtrit(self.freedom, 1 - level / 2) + stdtrit(self.freedom, POWER)
        return float(quantiles) * self.error


def deviation(model: StructuralModel, place: int, length: int) -> Deviation | None:
    """The effect of a window that starts at `place`; None where too little of it was seen."""
    rows = [row for row in range(place, min(place + length, len(model.treated))) if model.usable[row]]
    if len(rows) < max(SEEN * length, 1):
        return None
    ahead = model.forecast(place, rows)
    weights = model.scale.weights(ahead.mean)
    observed = model.treated[rows]
    return Deviation(
        place, model.scale.effect(observed, ahead.mean), sqrt(float(weights @ ahead.covariance @ weights))
    )


def placebo_dates(model: StructuralModel, before: int, length: int) -> list[Deviation]:
    """The effect at every earlier date whose window ends before the real one begins."""
    told = 0
    found = []
    for place in range(before - length + 1):
        if told >= max(FEWEST_TOLD, A_UNKNOWN * model.size):
            found.append(deviation(model, place, length))
        told += bool(model.usable[place])
    return [one for one in found if one is not None]


def freedom(dates: int, length: int) -> float:
    """How many independent windows so many overlapping ones are worth.

    Means of windows k buckets apart correlate by 1 - k/length, so the mean of their squares varies as if there were
    dates / (2·length/3 + 1/(3·length)) of them.
    """
    return dates / (2 * length / 3 + 1 / (3 * length))


def calibrated(real: Deviation, placebos: Sequence[Deviation], length: int) -> Calibrated:
    """The effect with the model's error widened to what the placebo dates show; it is never narrowed."""
    return Calibrated(real.effect, real.error * max(1.0, factor(placebos)), freedom(len(placebos), length))


def factor(placebos: Sequence[Deviation]) -> float:
    """By how much effects at placebo dates stray beyond the model's own error: 1 where the model is right."""
    if not placebos:
        return 1.0
    return sqrt(sum((one.effect / one.error) ** 2 for one in placebos) / len(placebos))
