"""A number that is not known exactly, with its 95 % interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt

CONFIDENCE = 0.95
Z = 1.959963984540054  # the 97.5 % point of the standard normal


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and the ends of its 95 % interval, all in the same unit."""

    value: float
    low: float
    high: float

    def as_json(self) -> dict[str, float]:
        """The three numbers under their names."""
        return {"value": self.value, "low": self.low, "high": self.high}


def normal(value: float, variance: float, *, floor: float = -inf, ceiling: float = inf) -> Estimate:
    """A roughly normal statistic with its interval, cut at the limits the quantity has by nature."""
    half = Z * sqrt(max(variance, 0.0))
    return Estimate(*(min(max(x, floor), ceiling) for x in (value, value - half, value + half)))
