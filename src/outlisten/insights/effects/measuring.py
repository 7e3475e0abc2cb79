"""One measurement: the model, the effect it finds at the date, and the same at every placebo date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version

import numpy as np

from outlisten.insights.effects.placebo import (
    Calibrated,
    Deviation,
    calibrated,
    deviation,
    factor,
    freedom,
    placebo_dates,
)
from outlisten.insights.effects.promise import Promise
from outlisten.insights.effects.reasons import Reason
from outlisten.insights.effects.series import ClaimSeries
from outlisten.insights.effects.structural import StructuralModel, fit
from outlisten.insights.effects.verdict import Bucket, Placebo
from outlisten.insights.effects.window import Window, least_before
from outlisten.insights.estimate import Estimate

FEWEST_FREEDOM = 3.0  # two independent windows before: with fewer, 95 % is wider than any promise
POOREST_FIT = 3.0  # times the error the model claims: then it does not describe this series


@dataclass(frozen=True)
class Measured:
    """What was found at the date, and at the dates when nothing was promised."""

    model: StructuralModel
    real: Deviation
    placebos: Sequence[Deviation]
    length: int
    observed_mean: float

    @cached_property
    def calibrated(self) -> Calibrated:
        return calibrated(self.real, self.placebos, self.length)

    def estimate(self, promise: Promise, level: float) -> Estimate:
        """The effect with its calibrated interval, in the unit of a promise."""
        found = self.calibrated
        return self.model.scale.estimate(
            found.effect, found.ends(level), self.observed_mean, relative=promise.relative
        )

    def detectable(self, promise: Promise, level: float) -> float | None:
        """The smallest effect in the promised direction seen in 80 % of tests; None where even all would not do."""
        size = promise.direction * self.calibrated.detectable(level)
        said = self.model.scale.relative if promise.relative else self.model.scale.absolute
        # Nothing changed: what was observed without an effect is what would be there to be changed.
        expected = self.observed_mean - self.model.scale.absolute(self.real.effect, self.observed_mean)
        after = expected * float(np.exp(size)) if self.model.scale.kind == "count" else expected + size
        found = abs(said(size, after))
        return found if np.isfinite(found) and (self.model.scale.kind == "count" or 0 <= after <= 1) else None

    def doubts(self) -> list[Reason]:
        """Why the model is not to be trusted here."""
        if factor(self.placebos) > POOREST_FIT:
            return [Reason("poor_fit", {"factor": round(factor(self.placebos), 1)})]
        return []

    def shown_placebos(self, series: ClaimSeries, promise: Promise, level: float) -> tuple[Placebo, ...]:
        """The placebo dates with their effects in the unit of the promise."""
        return tuple(self._shown(series, one, promise, level) for one in self.placebos)

    def _shown(self, series: ClaimSeries, one: Deviation, promise: Promise, level: float) -> Placebo:
        rows = [r for r in range(one.place, one.place + self.length) if self.model.usable[r]]
        ends = calibrated(one, self.placebos, self.length).ends(level)
        mean = float(self.model.treated[rows].mean())
        shown = self.model.scale.estimate(one.effect, ends, mean, relative=promise.relative)
        return Placebo(series.starts[one.place], shown, ends[0] > 0 or ends[1] < 0)

    def path(self, series: ClaimSeries, window: Window, level: float) -> tuple[Bucket, ...]:
        """What was seen and what was to be expected; before the date the expectation is of the next bucket only."""
        rows = list(range(window.first, window.last))
        ahead, scale = self.model.forecast(window.first, rows), self.model.scale
        half = np.sqrt(np.diag(ahead.covariance)) * self.calibrated.error / self.real.error
        half = half * (self.calibrated.ends(level)[1] - self.calibrated.effect) / self.calibrated.error
        expected = dict(enumerate(scale.natural(self.model.fitted[: window.before])))
        bands = dict(
            zip(
                rows,
                zip(*(scale.natural(ahead.mean + k * half) for k in (0, -1, 1)), strict=True),
                strict=True,
            )
        )
        return tuple(
            Bucket(start, _known(series.treated[place]), *_known_band(bands.get(place), expected.get(place)))
            for place, start in enumerate(series.starts[: window.last])
        )

    def settings(self, window: Window, level: float) -> dict[str, str | int | float]:
        """What decided the figures."""
        return {
            "model": "local level, slope" if self.model.slope else "local level",
            "kind": self.model.scale.kind,
            "level": level,
            "before": window.before,
            "after": window.length,
            "placebos": len(self.placebos),
            "freedom": round(self.calibrated.freedom, 2),
            "widened": round(max(1.0, factor(self.placebos)), 3),
            "statsmodels": version("statsmodels"),
        }


def measure(series: ClaimSeries, window: Window) -> Measured | Reason:
    """The measurement, or why there cannot be one."""
    model = fit(series, window.before)
    placebos = placebo_dates(model, window.before, window.length)
    if freedom(len(placebos), window.length) < FEWEST_FREEDOM:
        least = max(least_before(window.length), 3 * model.size + 3 * window.length)
        return Reason(f"too_few_{series.step}s_before", {"n": window.before, "least": least})
    real = deviation(model, window.first, window.length)
    if real is None:
        missing = window.length - int(model.usable[window.first : window.last].sum())
        return Reason("missing_after", {"n": missing, "total": window.length})
    rows = [row for row in range(window.first, window.last) if model.usable[row]]
    return Measured(model, real, placebos, window.length, float(series.treated[rows].mean()))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _known_band(
    band: tuple[float, float, float] | None, expected: float | None
) -> tuple[float | None, float | None, float | None]:
    if band is not None:
        return float(band[0]), float(band[1]), float(band[2])
    return (None if expected is None else _known(expected)), None, None
