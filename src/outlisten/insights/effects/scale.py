"""The scale on which a metric is modelled, and the effect on it.

Counts grow and shrink by factors, and vary more where there are more of them: they are modelled as logarithms, and an
effect is the log of observed over expected. Shares are modelled as they are, and an effect is a difference.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from outlisten.insights.effects.series import Kind, Numbers
from outlisten.insights.estimate import Estimate

HALF = 0.5  # added before the logarithm, so that a day without posts has one (Cox and Snell, 1989)


@dataclass(frozen=True, slots=True)
class Scale:
    """How a kind of metric is turned into model units and back. `smear` undoes the bias of going back."""

    kind: Kind
    smear: float = 1.0

    def model(self, values: Numbers) -> Numbers:
        """Values in model units; missing stays missing."""
        return np.log(values + HALF) if self.kind == "count" else values

    def natural(self, modelled: Numbers) -> Numbers:
        """Model units back in the metric's own unit, never below what it can be."""
        if self.kind == "share":
            return np.clip(modelled, 0.0, 1.0)
        return np.maximum(np.exp(np.minimum(modelled, 50.0)) * self.smear - HALF, 0.0)

    def smeared(self, observed: Numbers, fitted: Numbers) -> Scale:
        """The same with the factor by which the mean exceeds the exponential of the mean logarithm.

        Duan, Smearing estimate, Journal of the American Statistical Association 78 (1983) 605-610.
        """
        if self.kind == "share" or not len(observed):
            return self
        return Scale(self.kind, float((observed + HALF).sum() / np.exp(np.minimum(fitted, 50.0)).sum()))

    def effect(self, observed: Numbers, forecast: Numbers) -> float:
        """How far the window's sum (counts) or mean (shares) lies from the forecast (in model units)."""
        if self.kind == "share":
            return float((observed - forecast).mean())
        return float(np.log((observed.sum() + HALF) / (self.natural(forecast).sum() + HALF)))

    def weights(self, forecast: Numbers) -> Numbers:
        """The derivative of the effect by each bucket's forecast, sign aside: for the delta method."""
        if self.kind == "share":
            return np.full(len(forecast), 1 / len(forecast))
        expected = np.exp(np.minimum(forecast, 50.0)) * self.smear
        return np.asarray(expected / (self.natural(forecast).sum() + HALF))

    def relative(self, effect: float, observed_mean: float) -> float:
        """An effect as a share of what would have been: -0.2 is 20 % less. Rises with the effect."""
        if self.kind == "count":
            return float(np.expm1(min(effect, 50.0)))
        expected = observed_mean - effect
        return effect / expected if expected > 0 else float("inf")

    def absolute(self, effect: float, observed_mean: float) -> float:
        """An effect in the metric's own unit a bucket. Rises with the effect."""
        if self.kind == "share":
            return effect
        return float(-observed_mean * np.expm1(-max(effect, -50.0)))

    def estimate(
        self, effect: float, ends: tuple[float, float], observed_mean: float, *, relative: bool
    ) -> Estimate:
        """An effect and the ends of its interval, relative or absolute."""
        said = self.relative if relative else self.absolute
        return Estimate(*(said(one, observed_mean) for one in (effect, *ends)))
