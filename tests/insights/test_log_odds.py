"""Log-odds with an informative prior: the formula by hand, and what the prior is for."""

import numpy as np
import pytest

from outlisten.insights.log_odds import balanced_prior, log_odds


def test_it_is_the_formula_of_monroe_colaresi_and_quinn() -> None:
    # y = 30 of 100 against 10 of 100 with prior 4 of 20: ln(34/86) − ln(14/106), variance 1/34 + 1/14.
    result = log_odds([30, 70], [10, 90], prior=[4, 16])
    assert result.value[0] == pytest.approx(1.096395, abs=1e-6)
    assert result.zeta[0] == pytest.approx(1.096395 / 0.317554, abs=1e-4)
    assert (result.low[0], result.high[0]) == pytest.approx((0.474000, 1.718790), abs=1e-4)


def test_swapping_the_sides_changes_only_the_sign() -> None:
    ours, theirs = [12, 3, 40, 8], [2, 9, 41, 300]
    there, back = log_odds(ours, theirs), log_odds(theirs, ours)
    assert there.value == pytest.approx(-back.value)
    assert there.p == pytest.approx(back.p)


def test_a_word_of_one_author_never_leads() -> None:
    result = log_odds([1, 60, 500], [0, 20, 500])
    assert result.zeta.argmax() == 1


def test_a_large_other_side_does_not_drown_a_small_one() -> None:
    result = log_odds([50, 200], [0, 200_000])
    assert result.low[0] > 2


def test_equal_sides_give_about_five_percent_small_p_values() -> None:
    rng = np.random.default_rng(11)
    rates = 5 + rng.exponential(50, size=2000)
    p = log_odds(rng.poisson(rates), rng.poisson(rates)).p
    assert 0.02 < np.mean(p < 0.05) < 0.06


def test_the_prior_is_a_fifth_of_the_smaller_side() -> None:
    assert balanced_prior([10, 30], [400, 0]).sum() == pytest.approx(8)


def test_an_empty_side_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one word"):
        log_odds([1, 2], [0, 0])
