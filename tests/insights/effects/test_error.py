"""The error of the test on series whose truth is known: these run on every change and pin what the pages claim."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from outlisten.insights import effects
from outlisten.insights.effects.simulation import HABITS, simulated

SERIES = 400
MOST_FALSE = 28  # 5 % of 400 and what chance adds to it in 95 % of such counts


def test_at_most_28_of_400_series_without_effect_come_out_supported():
    verdicts = [_nothing_happened(seed) for seed in range(SERIES)]
    false = sum(verdict.outcome == "supported" for verdict in verdicts)
    strayed = sum(_leaves_out_nothing(verdict) for verdict in verdicts)
    tested = sum(not verdict.reasons for verdict in verdicts)
    print(
        f"{false} supported, {strayed} intervals without 0 (20 nominal), {tested} of {SERIES} without a reason to doubt"
    )
    assert false <= MOST_FALSE
    assert strayed <= MOST_FALSE
    assert tested >= 0.85 * SERIES  # not by refusing to answer


def test_one_series_of_each_habit_without_effect_is_not_supported():
    outcomes = Counter(_nothing_happened(seed).outcome for seed in range(len(HABITS)))
    assert outcomes["supported"] == 0


@pytest.mark.slow
def test_an_effect_of_twice_the_smallest_detectable_mostly_comes_out_supported():
    counts = [seed for seed in range(100) if HABITS[seed % len(HABITS)].kind == "count"]
    found = 0
    for seed in counts:
        blank = simulated(seed)
        least = effects.test(blank.series, effects.Promise(blank.start, 0.01)).detectable
        helped = simulated(seed, effect=2 * np.log1p(least))
        found += effects.test(helped.series, effects.Promise(helped.start, least)).outcome == "supported"
    assert found >= 0.9 * len(counts)


@pytest.mark.parametrize("days_before", [5, 20, 45])
def test_a_short_past_gives_no_verdict_however_large_the_change(days_before):
    made = simulated(0, effect=-1.5)
    place = made.series.starts.index(made.start)
    short = _cut(made.series, place - days_before, place + 28)
    verdict = effects.test(short, effects.Promise(made.start, -0.5))
    assert verdict.outcome == "cannot_tell"
    assert verdict.reasons[0].code in {"too_few_days_before", "too_few_days_after"}


def _nothing_happened(seed: int) -> effects.Verdict:
    """A promise of one per cent, more or less by turns: the easiest to find supported by chance."""
    made = simulated(seed)
    direction = 1 if seed // len(HABITS) % 2 else -1
    return effects.test(made.series, effects.Promise(made.start, direction * 0.01))


def _leaves_out_nothing(verdict: effects.Verdict) -> bool:
    return verdict.effect is not None and (verdict.effect.low > 0 or verdict.effect.high < 0)


def _cut(series: effects.ClaimSeries, first: int, last: int) -> effects.ClaimSeries:
    return effects.ClaimSeries(
        series.starts[first:last], series.treated[first:last], kind=series.kind, step=series.step
    )
