"""A rise of volume: found when it is there, not told when chance or a habit explains it."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from tests.insights.unusual.series import MONDAY, counts, ending, rhythm

from outlisten.insights.unusual import Hours, began, rise, usual

QUARTER = 13.0
TUESDAY_EVENING = 7 * 168 + 24 + 20


def judged(series: np.ndarray, end: int):
    return rise(usual(ending(series, end)), every_weeks=QUARTER)


@pytest.mark.parametrize(
    ("mean", "varying", "times"),
    [(0.3, 0.0, 20), (2.0, 0.0, 4), (30.0, 0.0, 2), (30.0, 0.3, 8)],
    ids=["rare", "usual", "much", "much and varying"],
)
def test_a_rise_of_three_hours_is_found_by_its_end(mean: float, varying: float, times: float):
    series = counts(mean, varying=varying)
    series[TUESDAY_EVENING - 3 : TUESDAY_EVENING] = np.round(
        rhythm(mean)[TUESDAY_EVENING - 3 : TUESDAY_EVENING] * times
    )
    found = judged(series, TUESDAY_EVENING)
    assert found is not None
    assert found.fires
    assert found.low <= found.expected <= found.high < found.seen


@pytest.mark.parametrize(("mean", "varying"), [(0.3, 0.0), (3.0, 0.3), (30.0, 0.0)])
def test_a_week_of_nothing_unusual_fires_seldom(mean: float, varying: float):
    """A false alarm is accepted every 13 weeks; in one week of hourly looks none to two, rarely more."""
    series = counts(mean, varying=varying, weeks=9, seed=3)
    fired = [at for at in range(8 * 168, 9 * 168, 3) if (one := judged(series, at)) and one.fires]
    assert sum(after - before > 24 for before, after in zip([-99, *fired], fired, strict=False)) <= 1


def test_the_usual_rush_of_a_friday_evening_is_no_rise():
    series = counts(5.0)
    evenings = [week * 168 + 4 * 24 + 20 for week in range(8)]
    for evening in evenings:
        series[evening : evening + 3] += 40
    found = judged(series, evenings[-1] + 3)
    assert found is not None
    assert not found.fires


def test_growth_of_many_weeks_is_no_rise_every_day():
    series = np.round(counts(20.0) * np.linspace(1, 3, 8 * 168))
    fired = [at for at in range(7 * 168, 8 * 168, 6) if (one := judged(series, at)) and one.fires]
    assert fired == []


@pytest.mark.parametrize("mean", [2.0, 5.0, 30.0])
def test_a_return_to_the_usual_after_a_quiet_week_is_no_rise(mean: float):
    """The week of a spring festival brings a third; the Monday after it brings what Mondays always bring."""
    series = counts(mean, weeks=9, seed=4)
    series[7 * 168 : 8 * 168] = np.round(series[7 * 168 : 8 * 168] / 3)
    fired = [at for at in range(8 * 168 + 1, 8 * 168 + 48) if (one := judged(series, at)) and one.fires]
    assert fired == []


def test_a_rise_after_a_quiet_week_is_found():
    series = counts(5.0, seed=4)
    series[6 * 168 : 7 * 168] = np.round(series[6 * 168 : 7 * 168] / 3)
    series[TUESDAY_EVENING - 3 : TUESDAY_EVENING] += 30
    found = judged(series, TUESDAY_EVENING)
    assert found is not None
    assert found.fires


def test_a_burst_of_earlier_weeks_does_not_hide_the_next():
    series = counts(3.0)
    series[3 * 168 : 3 * 168 + 12] += 500
    calm = judged(series, TUESDAY_EVENING)
    series[TUESDAY_EVENING - 3 : TUESDAY_EVENING] += 25
    found = judged(series, TUESDAY_EVENING)
    assert calm is not None
    assert not calm.fires
    assert found is not None
    assert found.fires


def test_a_certain_but_small_rise_is_not_told():
    series = rhythm(400.0)
    series[TUESDAY_EVENING - 24 : TUESDAY_EVENING] *= 1.3
    found = judged(np.round(series), TUESDAY_EVENING)
    assert found is not None
    assert found.chance < found.threshold
    assert not found.fires


def test_nothing_is_judged_before_a_week_is_known():
    assert rise(usual(Hours.of(MONDAY, [1.0] * 167)), every_weeks=QUARTER) is None
    assert rise(usual(Hours.of(MONDAY, [1.0] * 168)), every_weeks=QUARTER) is not None


def test_hours_of_a_gap_are_no_quiet_hours():
    """Four silent weeks of a broken source would make everything after them a rise."""
    series = counts(5.0)
    series[: 4 * 168] = 0
    from outlisten.posts.store import TimeRange

    gap = [TimeRange(MONDAY, MONDAY + timedelta(weeks=4))]
    known = usual(Hours.of(MONDAY, series[:TUESDAY_EVENING], left_out=gap))
    assert known.expected(TUESDAY_EVENING - 6, TUESDAY_EVENING) == pytest.approx(
        rhythm(5.0)[TUESDAY_EVENING - 6 : TUESDAY_EVENING].sum(), rel=0.35
    )


def test_more_false_alarms_accepted_means_a_lower_bar():
    known = usual(ending(counts(3.0), TUESDAY_EVENING))
    often, seldom = (rise(known, every_weeks=weeks) for weeks in (4.0, 52.0))
    assert often is not None
    assert seldom is not None
    assert often.threshold == pytest.approx(13 * seldom.threshold)


def test_when_it_began_is_the_first_hour_of_the_rise():
    series = counts(3.0)
    series[TUESDAY_EVENING - 5 : TUESDAY_EVENING] += 30
    known = usual(ending(series, TUESDAY_EVENING))
    end = len(known.hours)
    assert began(known, end - 1, end) == known.hours.moment(end - 5)
