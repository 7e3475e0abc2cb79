"""Difference in differences: how far the metric moved away from its controls, against how far it did before."""

from __future__ import annotations

import numpy as np

from outlisten.insights.effects.placebo import FEWEST_TOLD, SEEN, Calibrated, freedom
from outlisten.insights.effects.scale import Scale
from outlisten.insights.effects.series import ClaimSeries, Numbers


def difference_in_differences(series: ClaimSeries, before: int, first: int, last: int) -> Calibrated | None:
    """The change of (metric minus the mean of its controls) in model units; None without controls or placebos.

    Errors are the larger of two: Newey and West's, which allow for serial correlation (Econometrica 55 (1987) 703-708),
    and the spread of the same difference at earlier dates. Assumes parallel paths. Buckets are `before` the effect, and
    `first` to `last` after it.
    """
    if not series.controls:
        return None
    scale, length = Scale(series.kind), last - first
    apart = scale.model(series.treated) - np.mean(
        [scale.model(values) for values in series.controls.values()], axis=0
    )
    real, placebos = _change(apart, before, first, last), _placebos(apart, before, length)
    worth = freedom(len(placebos), length)
    if real is None or worth < 1:
        return None
    spread = float(np.sqrt(np.mean(np.square(placebos))))
    return Calibrated(real, max(spread, _newey_west(apart, before, first, last)), worth)


def _change(apart: Numbers, before: int, first: int, last: int) -> float | None:
    past, window = apart[:before], apart[first:last]
    if (~np.isnan(past)).sum() < FEWEST_TOLD or np.isnan(window).mean() > 1 - SEEN:
        return None
    return float(np.nanmean(window) - np.nanmean(past))


def _placebos(apart: Numbers, before: int, length: int) -> list[float]:
    found = [_change(apart, place, place, place + length) for place in range(before - length + 1)]
    return [change for change in found if change is not None]


def _newey_west(apart: Numbers, before: int, first: int, last: int) -> float:
    """The error of the difference of two means, by a regression on a step with a Bartlett window."""
    from statsmodels.regression.linear_model import OLS

    values = np.concatenate([apart[:before], apart[first:last]])
    step = np.concatenate([np.zeros(before), np.ones(last - first)])
    seen = ~np.isnan(values)
    design = np.column_stack([np.ones(seen.sum()), step[seen]])
    lags = int(4 * (seen.sum() / 100) ** (2 / 9)) + 1
    fitted = OLS(values[seen], design).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True})
    return float(fitted.bse[1])
