"""Wilson intervals against published values."""

import pytest

from outlisten.insights.proportions import wilson


# Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3.
@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_a_share_has_the_interval_of_newcombes_table(k: int, n: int, low: float, high: float) -> None:
    share = wilson(k, n)
    assert share is not None
    assert (share.value, round(share.low, 4), round(share.high, 4)) == (k / n, low, high)


def test_a_share_of_nothing_is_not_a_number() -> None:
    assert wilson(0, 0) is None


def test_more_hits_than_cases_are_refused() -> None:
    with pytest.raises(ValueError, match="k=3, n=2"):
        wilson(3, 2)
