"""A rise of the share that complains."""

from __future__ import annotations

import numpy as np
import pytest
from tests.insights.unusual.series import MONDAY

from outlisten.insights.unusual import Hours, share_rise

QUARTER = 13.0


def series(share: float, last: float, *, people: int = 10, varying: bool = False) -> tuple[Hours, Hours]:
    """Eight weeks of a share, the last day with another one."""
    rng = np.random.default_rng(5)
    hours = 8 * 168
    chance = np.full(hours, share)
    if varying:
        chance = np.repeat(rng.beta(4 * share, 4 * (1 - share), hours // 24), 24)
    chance[-24:] = last
    n = np.full(hours, people)
    return Hours.of(MONDAY, rng.binomial(n, chance)), Hours.of(MONDAY, n)


@pytest.mark.parametrize(("usually", "last"), [(0.1, 0.3), (0.3, 0.6), (0.02, 0.15)])
def test_a_day_of_more_complaints_is_found(usually: float, last: float):
    found = share_rise(*series(usually, last), every_weeks=QUARTER)
    assert found is not None
    assert found.fires
    assert found.usual == pytest.approx(usually, abs=0.02)
    assert found.low <= found.usual <= found.high < found.share


@pytest.mark.parametrize("varying", [False, True])
def test_the_usual_share_is_no_rise(varying: bool):
    found = share_rise(*series(0.3, 0.3, varying=varying), every_weeks=QUARTER)
    assert found is not None
    assert not found.fires


def test_where_days_differ_much_a_rise_must_be_larger():
    steady, varying = (share_rise(*series(0.2, 0.42, varying=v), every_weeks=QUARTER) for v in (False, True))
    assert steady is not None
    assert varying is not None
    assert steady.fires
    assert varying.chance > 1e3 * steady.chance


def test_a_share_of_few_people_is_not_judged():
    assert share_rise(*series(0.1, 0.9, people=0), every_weeks=QUARTER) is None


def test_more_people_with_the_same_share_is_no_rise():
    complaining, people = series(0.2, 0.2)
    people.people[-6:] *= 20
    complaining.people[-6:] = np.round(people.people[-6:] * 0.2)
    found = share_rise(complaining, people, every_weeks=QUARTER)
    assert found is not None
    assert not found.fires
