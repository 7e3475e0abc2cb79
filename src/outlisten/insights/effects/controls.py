"""Whether a control was touched by the same event: a break in the control itself, at the same date."""

from __future__ import annotations

from dataclasses import replace

from outlisten.insights.effects.measuring import measure
from outlisten.insights.effects.reasons import Reason
from outlisten.insights.effects.series import ClaimSeries
from outlisten.insights.effects.verdict import ControlCheck
from outlisten.insights.effects.window import Window, window_problems


def check_controls(series: ClaimSeries, window: Window, level: float) -> list[ControlCheck]:
    """How far each control moved at the date, against its own past, by the same model and the same placebo dates.

    It counts as moved beyond chance when its interval excludes 0, the error shared out over the controls (Bonferroni).
    """
    return [
        _check(replace(series, treated=values, controls={}), name, window, level / len(series.controls))
        for name, values in series.controls.items()
    ]


def _check(alone: ClaimSeries, name: str, window: Window, level: float) -> ControlCheck:
    if window_problems(alone, window):
        return ControlCheck(name, None, None)
    found = measure(alone, window)
    if isinstance(found, Reason):
        return ControlCheck(name, None, None)
    low, high = found.calibrated.ends(level)
    shown = found.model.scale.estimate(
        found.real.effect, found.calibrated.ends(), found.observed_mean, relative=True
    )
    return ControlCheck(name, shown, low > 0 or high < 0)
