"""The buckets a promise is about, and whether there are enough of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from outlisten.insights.effects.placebo import FEWEST_TOLD
from outlisten.insights.effects.promise import Promise
from outlisten.insights.effects.reasons import Reason
from outlisten.insights.effects.series import LENGTHS, ClaimSeries, Numbers, Step

FEWEST_AFTER: dict[Step, int] = {
    "day": 7,
    "week": 4,
}  # below it the window is one week, or one month, of chance
MOST_MISSING = 1 / 3


@dataclass(frozen=True, slots=True)
class Window:
    """Places in a series: `before` buckets end before the promise begins; `first` to `last` (excluded) are tested."""

    before: int
    first: int
    last: int

    @property
    def length(self) -> int:
        return max(self.last - self.first, 0)


def window_of(series: ClaimSeries, promise: Promise) -> Window:
    """Whole buckets only: one that holds the first or the last day in its middle belongs to neither side."""
    length, last = LENGTHS[series.step], len(series)
    if promise.until is not None:
        last = sum(1 for day in series.starts if day + length - timedelta(days=1) <= promise.until)
    return Window(series.before(promise.start), series.first_after(promise.start), last)


def window_problems(series: ClaimSeries, window: Window) -> list[Reason]:
    """Why these buckets are not enough; nothing when they are."""
    past, after = series.treated[: window.before], series.treated[window.first : window.last]
    fewest = FEWEST_AFTER[series.step]
    if _seen(after) < fewest:
        return [Reason(f"too_few_{series.step}s_after", {"n": _seen(after), "least": fewest})]
    if _seen(past) < FEWEST_TOLD:
        return [
            Reason(f"too_few_{series.step}s_before", {"n": _seen(past), "least": least_before(window.length)})
        ]
    if not np.nanstd(past) > 0:
        return [Reason("never_varied")]
    missing = [
        Reason(code, {"n": int(np.isnan(values).sum()), "total": len(values)})
        for code, values in (("missing_before", past), ("missing_after", after))
        if np.isnan(values).mean() > MOST_MISSING
    ]
    return missing[:1]


def least_before(length: int) -> int:
    """About how many buckets must lie before a window for its placebo tests: the model's start and three windows."""
    return FEWEST_TOLD + 3 * length


def _seen(values: Numbers) -> int:
    return int((~np.isnan(values)).sum())
