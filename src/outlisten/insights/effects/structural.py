"""The structural model: what the series would have been, from its own past and from its controls.

A local level (with a steady slope where the past asks for one) plus the weekday plus a regression on the controls,
written as a state space with statsmodels' UnobservedComponents; the regression is part of the state, so its uncertainty
is in every forecast. Harvey, Forecasting, Structural Time Series Models and the Kalman Filter (1989); with controls as
in Brodersen et al., Annals of Applied Statistics 9 (2015) 247-274.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from outlisten.insights.effects.scale import Scale
from outlisten.insights.effects.series import Booleans, ClaimSeries, Numbers

if TYPE_CHECKING:
    from statsmodels.tsa.statespace.structural import UnobservedComponents

# The variance of the level's steps over that of the noise. The likelihood is flat between neighbours of this grid.
RATIOS = (0.0, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0, 3.0, 10.0)
DIFFUSE = 1e6  # variance of what is not known at the start, in units of the noise's
WEEKDAYS_FROM = 28  # days before, from which a weekday's usual share can be told from chance
SLOPE_FROM = 30
# With fewer buckets before, a coefficient for each control is mostly noise: their mean is used.
BUCKETS_A_CONTROL = 15


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a window would have been, in model units, and how sure: a mean and a covariance of observations."""

    mean: Numbers
    covariance: Numbers


@dataclass(frozen=True, slots=True)
class StructuralModel:
    """A model fitted on the buckets before the effect.

    `fitted` are its one-step forecasts of them, NaN at first; `usable` says where the metric and all controls were seen.
    """

    scale: Scale
    treated: Numbers
    ratio: float
    variance: float
    slope: bool
    design: Numbers
    states: Numbers
    covariances: Numbers
    fitted: Numbers
    usable: Booleans
    criterion: float

    @property
    def size(self) -> int:
        """How many unknowns the state holds."""
        return int(self.design.shape[1])

    def forecast(self, place: int, rows: Sequence[int]) -> Forecast:
        """The buckets `rows` as forecast from everything before `place`, and from nothing after it."""
        ahead = np.asarray(rows) - place
        seen = self.design[list(rows)].copy()
        if self.slope:
            seen[:, 1] = ahead
        mean = seen @ self.states[:, place]
        spread = seen @ self.covariances[:, :, place] @ seen.T
        # The level walks on between the first bucket and each later one, and every bucket has its own noise.
        spread = spread + self.ratio * np.minimum.outer(ahead, ahead) + np.eye(len(ahead))
        return Forecast(mean, self.variance * spread)


def fit(series: ClaimSeries, before: int) -> StructuralModel:
    """The model of the treated metric, fitted on its first `before` buckets; controls are used in all.

    Of the local level with and without a slope, the one with the lower corrected Akaike criterion.
    """
    scale = Scale(series.kind)
    regressors = _regressors(series, scale, before)
    seen = scale.model(series.treated).copy()
    seen[before:] = np.nan
    seen[np.isnan(regressors).any(axis=1)] = np.nan
    long = int((~np.isnan(seen)).sum()) >= SLOPE_FROM
    slopes = (False, True) if long else (False,)
    models = [_likeliest(seen, np.nan_to_num(regressors), scale, slope=slope) for slope in slopes]
    best = min(models, key=lambda model: model.criterion)
    kept = ~np.isnan(seen) & ~np.isnan(best.fitted)
    usable = ~np.isnan(series.treated) & ~np.isnan(regressors).any(axis=1)
    smeared = scale.smeared(series.treated[kept], best.fitted[kept])
    return replace(best, scale=smeared, treated=series.treated, usable=usable)


def _likeliest(seen: Numbers, regressors: Numbers, scale: Scale, *, slope: bool) -> StructuralModel:
    """The model at the ratio of the highest likelihood, its noise variance concentrated out."""
    # Here, because importing it takes a second and most pages of the application test nothing.
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    centre = float(np.nanmean(seen)) if (~np.isnan(seen)).any() else 0.0
    model = UnobservedComponents(
        seen - centre,
        level="lldtrend" if slope else "llevel",
        exog=regressors if regressors.shape[1] else None,
        mle_regression=False,
    )
    model.ssm.initialize_approximate_diffuse(DIFFUSE)
    tried = [(*_filtered(model, ratio), ratio) for ratio in RATIOS]
    likelihood, variance, ratio = max(tried, key=lambda one: one[0])
    model.update([1.0, ratio])
    result = model.ssm.filter()
    unknowns, n = result.k_states + 2, int((~np.isnan(seen)).sum())
    criterion = -2 * likelihood + 2 * unknowns * n / max(n - unknowns - 1, 1)
    fitted = result.forecasts[0].copy() + centre
    fitted[~_after_burn(seen, result.k_states)] = np.nan
    states = result.predicted_state.copy()
    states[0] += centre
    return StructuralModel(
        scale, seen, ratio, variance, slope, _design(model.ssm["design"], len(seen)), states,
        result.predicted_state_cov, fitted, ~np.isnan(seen), criterion,
    )  # fmt: skip


def _filtered(model: UnobservedComponents, ratio: float) -> tuple[float, float]:
    """The concentrated log-likelihood at a ratio and the noise variance that maximises it."""
    model.update([1.0, ratio])
    result = model.ssm.filter()
    kept = _after_burn(model.endog[:, 0], result.k_states)
    error, spread = result.forecasts_error[0][kept], result.forecasts_error_cov[0, 0][kept]
    variance = max(float(np.mean(error**2 / spread)), 1e-12) if len(error) else 1e-12
    return float(-0.5 * (len(error) * np.log(variance) + np.log(spread).sum())), variance


def _after_burn(seen: Numbers, states: int) -> Booleans:
    """The observed buckets after as many as there are unknowns: before, a forecast is a guess."""
    observed = ~np.isnan(seen)
    return np.asarray(observed & (np.cumsum(observed) > states))


def _design(design: Numbers, length: int) -> Numbers:
    """A row a bucket: what each unknown adds to it."""
    if design.ndim == 2:  # the same in every bucket
        return np.repeat(design, length, axis=0)
    return np.asarray(design[0].T)


def _regressors(series: ClaimSeries, scale: Scale, before: int) -> Numbers:
    """Weekdays and controls, a column each. A bucket where a control is missing is missing altogether."""
    columns = [*_weekdays(series, before), *_controls(series, scale, before)]
    return np.column_stack(columns) if columns else np.zeros((len(series), 0))


def _weekdays(series: ClaimSeries, before: int) -> list[Numbers]:
    """Six columns that add up to nothing over a week, for a series of days long enough to know them."""
    if series.step != "day" or before < WEEKDAYS_FROM:
        return []
    day = np.array([start.weekday() for start in series.starts])
    return [(day == number).astype(float) - (day == 6) for number in range(6)]


def _controls(series: ClaimSeries, scale: Scale, before: int) -> list[Numbers]:
    """Each control in model units, with mean 0 and deviation 1 before; their mean when they are too many."""
    standardised = (_standardised(scale.model(values), before) for values in series.controls.values())
    columns = [column for column in standardised if column is not None]
    if len(columns) > 1 and before < BUCKETS_A_CONTROL * len(columns):
        return [np.asarray(np.mean(columns, axis=0))]
    return columns


def _standardised(values: Numbers, before: int) -> Numbers | None:
    """None for a control that says nothing: constant, or missing in half of the buckets before."""
    past = values[:before]
    if np.isnan(past).mean() > 0.5 or not np.nanstd(past) > 0:
        return None
    return np.asarray((values - np.nanmean(past)) / np.nanstd(past))
