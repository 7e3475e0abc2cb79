"""Rate ratios against a textbook."""

import pytest

from outlisten.insights.rate_ratio import rate_ratio


def test_a_ratio_has_the_interval_of_the_fluoroscopy_study() -> None:
    # 41 cases in 28,010 person-years, 15 in 19,017; Rothman, Epidemiology: An Introduction (2002), ch. 7.
    ratio = rate_ratio(41, 15, exposure=28_010 / 19_017)
    assert ratio is not None
    assert (round(ratio.value, 2), round(ratio.low, 2), round(ratio.high, 2)) == (1.86, 1.03, 3.35)


def test_people_who_write_much_widen_the_interval() -> None:
    plain, clustered = rate_ratio(1204, 1020), rate_ratio(1204, 1020, design_after=4, design_before=4)
    assert plain is not None
    assert clustered is not None
    assert clustered.value == plain.value == pytest.approx(1.18, abs=0.001)
    assert (round(plain.low, 2), round(plain.high, 2)) == (1.09, 1.28)
    assert clustered.high - clustered.low > 1.9 * (plain.high - plain.low)


@pytest.mark.parametrize(("after", "before"), [(0, 5), (5, 0), (0, 0)])
def test_nothing_on_one_side_has_no_ratio(after: int, before: int) -> None:
    assert rate_ratio(after, before) is None
