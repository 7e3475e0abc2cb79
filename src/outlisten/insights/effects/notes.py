"""What to know about a test besides its outcome: what was missing, how the counts behave, what is assumed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from outlisten.insights.effects.gaps import Gap
from outlisten.insights.effects.measuring import Measured
from outlisten.insights.effects.reasons import Reason
from outlisten.insights.effects.series import ClaimSeries, Numbers
from outlisten.insights.effects.window import Window

OVERDISPERSED = 1.5  # variance over mean: independent posts have 1
FEW = 5.0  # posts a bucket: below it chance is most of what is seen


def notes_about(
    series: ClaimSeries, seen: ClaimSeries, gaps: Sequence[Gap], window: Window, measured: Measured | None
) -> tuple[Reason, ...]:
    """The notes that apply, in the order of how much they matter."""
    found = [_gap(series, gap) for gap in gaps if gap.last < window.first]
    missing = int(np.isnan(seen.treated[: window.last]).sum())
    if missing:
        found.append(Reason("missing", {"n": missing, "total": window.last}))
    if measured is not None and series.kind == "count":
        found += _about_counts(seen, window, measured)
    return tuple(found)


def assumptions(series: ClaimSeries) -> tuple[Reason, ...]:
    """What a reader must believe for the verdict to hold."""
    if not series.controls:
        return (Reason("assumes_nothing_else"), Reason("assumes_same_past"))
    return (
        Reason("assumes_controls_untouched"),
        Reason("assumes_same_relation"),
        Reason("assumes_same_past"),
    )


def _gap(series: ClaimSeries, gap: Gap) -> Reason:
    first, last = gap.days(series)
    return Reason("gap_before", {"first": first.isoformat(), "last": last.isoformat()})


def _about_counts(series: ClaimSeries, window: Window, measured: Measured) -> list[Reason]:
    past, found = series.treated[: window.before], []
    ratio = _dispersion(past, measured.model.scale.natural(measured.model.fitted[: window.before]))
    if ratio > OVERDISPERSED:
        found.append(Reason("overdispersed", {"ratio": round(ratio, 1)}))
    if np.nanmean(past) < FEW:
        found.append(Reason("few_a_bucket", {"mean": round(float(np.nanmean(past)), 1)}))
    return found


def _dispersion(observed: Numbers, expected: Numbers) -> float:
    """Pearson's variance over the mean, of one-step forecasts: what the past does not explain."""
    kept = ~np.isnan(observed) & ~np.isnan(expected)
    if not kept.any():
        return 1.0
    return float(np.mean((observed[kept] - expected[kept]) ** 2 / np.maximum(expected[kept], 0.5)))
