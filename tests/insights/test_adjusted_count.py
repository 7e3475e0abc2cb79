"""Adjusted counts: the published formula, and intervals that hold what they promise."""

from math import sqrt

import numpy as np
import pytest

from outlisten.insights.adjusted_count import ErrorRates, adjusted_count, adjusted_shares, combine

NEAR_USELESS = ErrorRates(np.array([[52.0, 48.0], [50.0, 50.0]]))
THREE = ErrorRates(np.array([[750.0, 200, 50], [150, 700, 150], [60, 190, 750]]))


def test_twenty_one_percent_seen_are_ten_percent_true() -> None:
    # Forman (2008): p = (q − fpr)/(tpr − fpr); the worked example of our metrics reference.
    share = adjusted_count(0.21, 2000, tpr=0.75, fpr=0.15, n1=400, n0=800)
    assert share is not None
    assert share.value == pytest.approx(0.10)
    variance = (0.21 * 0.79 / 2000 + 0.01 * 0.75 * 0.25 / 400 + 0.81 * 0.15 * 0.85 / 800) / 0.36
    assert share.high == pytest.approx(0.10 + 1.959964 * sqrt(variance))


def test_an_impossible_share_is_clipped() -> None:
    share = adjusted_count(0.05, 500, tpr=0.8, fpr=0.15, n1=100, n0=100)
    assert share is not None
    assert share.value == share.low == 0


def test_a_classifier_that_hardly_tells_apart_has_nothing_to_say() -> None:
    assert adjusted_count(0.5, 1000, tpr=0.52, fpr=0.50, n1=100, n0=100) is None
    assert adjusted_shares([0.5, 0.5], 1000, NEAR_USELESS) is None


def test_a_class_nobody_labelled_has_nothing_to_say() -> None:
    assert adjusted_shares([0.5, 0.5], 1000, ErrorRates(np.array([[80.0, 20], [0, 0]]))) is None


def test_two_classes_are_the_adjusted_count() -> None:
    errors = ErrorRates(np.array([[300.0, 100.0], [120.0, 680.0]]))
    shares = adjusted_shares([0.21, 0.79], 2000, errors)
    single = adjusted_count(0.21, 2000, tpr=0.75, fpr=0.15, n1=400, n0=800)
    assert shares is not None
    assert single is not None
    assert shares.of(0).as_json() == pytest.approx(single.as_json())


def test_three_classes_add_up_to_one() -> None:
    shares = adjusted_shares([0.1, 0.2, 0.7], 900, THREE)
    assert shares is not None
    assert shares.value.sum() == pytest.approx(1)


def test_the_interval_holds_the_truth_about_95_times_in_100() -> None:
    rng, truth, held = np.random.default_rng(8), np.array([0.2, 0.5, 0.3]), 0
    for _ in range(600):
        labels = np.array([rng.multinomial(300, row) for row in THREE.rates], dtype=float)
        seen = rng.multinomial(1500, truth @ THREE.rates) / 1500
        shares = adjusted_shares(seen, 1500, ErrorRates(labels))
        assert shares is not None
        net = shares.difference(2, 0)
        held += net.low <= 0.1 <= net.high
    assert 0.93 <= held / 600 <= 0.975


@pytest.mark.parametrize(
    ("seen", "fits"), [([0.3, 0.4, 0.3], True), ([0.74, 0.21, 0.05], True), ([0.95, 0.04, 0.01], False)]
)
def test_shares_that_these_errors_cannot_produce_are_doubted(seen: list[float], fits: bool) -> None:
    shares = adjusted_shares(seen, 2000, THREE)
    assert shares is not None
    assert shares.fits is fits


def test_languages_are_combined_by_their_authors() -> None:
    chinese = adjusted_shares([0.4, 0.3, 0.3], 300, THREE)
    english = adjusted_shares([0.2, 0.5, 0.3], 900, THREE)
    assert chinese is not None
    assert english is not None
    both = combine([(300, chinese), (900, english)])
    assert both.value == pytest.approx(0.25 * chinese.value + 0.75 * english.value)
    assert both.covariance[0, 0] < chinese.covariance[0, 0]
