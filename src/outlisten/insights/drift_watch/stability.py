"""How far a distribution has moved from the one it is compared with, and how far chance alone would move it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

Counts = npt.NDArray[np.float64]
WATCH, LARGE = 0.1, 0.25
"""The customary limits of the index: below the first stable, from the second on another population.

Siddiqi, Credit Risk Scorecards (Wiley, 2006); Lewis, An Introduction to Credit Scoring (1992)."""
EACH = 0.5  # added to every class, so that an empty one does not make the index infinite


@dataclass(frozen=True, slots=True)
class Shift:
    """`psi`: population stability index, 0 where both are alike. `chance`: what sampling alone exceeds with the error
    rate asked for."""

    psi: float
    chance: float

    @property
    def real(self) -> bool:
        """Whether it moved at all, beyond chance and beyond the first limit."""
        return self.psi >= WATCH and self.psi > self.chance

    @property
    def large(self) -> bool:
        """Whether it is another population."""
        return self.real and self.psi >= LARGE


def population_stability(before: Counts, now: Counts) -> float:
    """Σ (q − p) ln(q / p) over classes, p and q their shares before and now: Jeffreys' divergence."""
    p, q = ((counts + EACH) / (counts + EACH).sum() for counts in (before, now))
    return float(((q - p) * np.log(q / p)).sum())


def shift(before: Counts, now: Counts, effective: tuple[float, float], false_alarms: float) -> Shift:
    """The index of counts by class. `effective` are the numbers of independent posts behind both (Kish), `false_alarms`
    how often chance may exceed `chance`.

    Without drift the index is (1/n + 1/m) · χ² with one degree of freedom less than classes: Yurdakul and Naranjo,
    Journal of Risk Model Validation 14 (2020) 89–100.
    """
    held = (before + now) > 0
    classes = int(held.sum())
    if classes < 2:
        return Shift(0.0, 0.0)
    scale = 1 / effective[0] + 1 / effective[1]
    quantile = float(chi2.ppf(1 - false_alarms, classes - 1))
    return Shift(population_stability(before[held], now[held]), scale * quantile)
