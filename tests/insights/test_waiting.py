"""Waiting times with people who still wait."""

from __future__ import annotations

from random import Random

import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from outlisten.insights.waiting import Wait, waiting

# By hand: 5 conversations, answered at 1, 2 and 4, still waiting at 2 and 5. S = 4/5, then 4/5·3/4, then ·1/2.
FIVE = [Wait(1, True), Wait(2, True), Wait(2, False), Wait(4, True), Wait(5, False)]


def test_the_estimate_is_the_one_worked_out_by_hand() -> None:
    found = waiting(FIVE)
    assert found is not None
    shares = [found.within(t) for t in (0.5, 1, 3, 4, 5)]
    assert [share.value for share in shares if share] == pytest.approx([0, 0.2, 0.4, 0.7, 0.7])
    assert found.median.value == 4
    assert (found.p90.value, found.n, found.answered) == (None, 5, 3)


def test_leaving_out_those_who_still_wait_would_flatter() -> None:
    honest = waiting([*(Wait(10, True) for _ in range(10)), *(Wait(600, False) for _ in range(30))])
    assert honest is not None
    assert honest.median.value is None
    quarter = honest.within(60)
    assert quarter is not None
    assert quarter.value == pytest.approx(0.25)


def test_it_agrees_with_statsmodels() -> None:
    random = Random(7)
    waits = [Wait(round(random.expovariate(1 / 90)), random.random() < 0.7) for _ in range(200)]
    theirs = SurvfuncRight([w.minutes for w in waits], [int(w.answered) for w in waits])
    ours = waiting(waits)
    assert ours is not None
    for t, survival in zip(theirs.surv_times, theirs.surv_prob, strict=True):
        within = ours.within(t)
        assert within is not None
        assert within.value == pytest.approx(1 - survival)
        assert within.low <= within.value <= within.high
    low, high = theirs.quantile_ci(0.5, method="cloglog")
    assert (ours.median.value, ours.median.low, ours.median.high) == (theirs.quantile(0.5), low, high)


def test_nothing_is_said_beyond_what_was_seen() -> None:
    found = waiting(FIVE)
    assert found is not None
    assert found.within(6) is None
    assert waiting([]) is None


def test_when_everybody_was_answered_the_interval_still_has_a_width() -> None:
    found = waiting([Wait(3, True)] * 4)
    assert found is not None
    all_of_them = found.within(3)
    assert all_of_them is not None
    assert (all_of_them.value, all_of_them.high) == (1, 1)
    assert all_of_them.low < 0.5


def test_a_negative_wait_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        waiting([Wait(-1, True)])
