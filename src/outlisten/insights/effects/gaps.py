"""Runs of nothing that look like a gap in collection: missing is missing, never zero."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from outlisten.insights.effects.series import LENGTHS, Booleans, ClaimSeries, Numbers

FEWEST = 2  # buckets of nothing in a row
IMPROBABLE = 15.0  # expected in the run: exp(-15) is one in three million for independent posts
AROUND = 14  # buckets on each side that say what was to be expected


@dataclass(frozen=True, slots=True)
class Gap:
    """Buckets `first` to `last`, both included, in which nothing at all was seen."""

    first: int
    last: int

    def days(self, series: ClaimSeries) -> tuple[date, date]:
        """Its first and last day."""
        end = series.starts[self.last] + LENGTHS[series.step]
        return series.starts[self.first], date.fromordinal(end.toordinal() - 1)


def collection_gaps(series: ClaimSeries) -> list[Gap]:
    """Runs of zeros, in the metric and in every control alike, where many posts were to be expected."""
    if series.kind == "share":
        return []
    all_zero = np.logical_and.reduce([values == 0 for values in (series.treated, *series.controls.values())])
    together = np.nansum([series.treated, *series.controls.values()], axis=0)
    cycle = 7 if series.step == "day" else 1
    return [gap for gap in _runs(all_zero) if _expected(together, gap, cycle) >= IMPROBABLE]


def without_gaps(series: ClaimSeries, gaps: list[Gap]) -> ClaimSeries:
    """The same with the buckets of those gaps missing."""
    if not gaps:
        return series
    holes = np.zeros(len(series), dtype=bool)
    for gap in gaps:
        holes[gap.first : gap.last + 1] = True
    controls = {name: _holed(values, holes) for name, values in series.controls.items()}
    return replace(series, treated=_holed(series.treated, holes), controls=controls)


def _holed(values: Numbers, holes: Booleans) -> Numbers:
    return np.where(holes, np.nan, values)


def _runs(zero: Booleans) -> Iterator[Gap]:
    first = None
    for place, empty in enumerate([*zero.tolist(), False]):
        if empty and first is None:
            first = place
        elif not empty and first is not None:
            if place - first >= FEWEST:
                yield Gap(first, place - 1)
            first = None


def _expected(together: Numbers, gap: Gap, cycle: int) -> float:
    """What the buckets on both sides lead one to expect in the run: for each of its days the median of the same weekday,
    for a network that is silent every Sunday has no gap there."""
    around = [*range(max(gap.first - AROUND, 0), gap.first), *range(gap.last + 1, len(together))[:AROUND]]
    medians = {
        place: float(np.median(near))
        for place in range(cycle)
        if (near := [together[other] for other in around if other % cycle == place])
    }
    return sum(medians.get(place % cycle, 0.0) for place in range(gap.first, gap.last + 1))
