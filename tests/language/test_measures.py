"""Figures of a confusion matrix against values worked out by hand."""

from __future__ import annotations

import pytest

from outlisten.language.measures import (
    accuracy,
    calibration_error,
    cohen_kappa,
    confusion,
    macro_f1,
    macro_recall,
    measured,
)

LABELS = ("negative", "neutral", "positive")
TRUTH = ["negative"] * 4 + ["neutral"] * 4 + ["positive"] * 2
GUESS = [
    "negative",
    "negative",
    "negative",
    "neutral",
    "neutral",
    "neutral",
    "positive",
    None,
    "positive",
    "negative",
]


def test_macro_recall_is_the_mean_of_the_recalls() -> None:
    assert measured(confusion(TRUTH, GUESS, LABELS), macro_recall).value == pytest.approx(
        (3 / 4 + 2 / 4 + 1 / 2) / 3
    )


def test_macro_f1_counts_an_unread_post_as_missed() -> None:
    scores = (2 * 3 / (4 + 4), 2 * 2 / (3 + 4), 2 * 1 / (2 + 2))
    assert measured(confusion(TRUTH, GUESS, LABELS), macro_f1).value == pytest.approx(sum(scores) / 3)


def test_accuracy_counts_every_post() -> None:
    assert measured(confusion(TRUTH, GUESS, LABELS), accuracy).value == pytest.approx(0.6)


def test_rates_come_with_the_posts_behind_them() -> None:
    rates = confusion(TRUTH, GUESS, LABELS).rates("negative")
    assert rates == (pytest.approx(0.75), pytest.approx(1 / 6), 4, 6)


def test_the_interval_is_as_wide_as_theory_says() -> None:
    truth, guess = ["negative"] * 1000, ["negative"] * 800 + ["neutral"] * 200
    found = measured(confusion(truth, guess, LABELS), accuracy)
    half = 1.96 * (0.8 * 0.2 / 1000) ** 0.5
    assert found.low == pytest.approx(0.8 - half, abs=0.005)
    assert found.high == pytest.approx(0.8 + half, abs=0.005)


def test_the_interval_is_the_same_each_time() -> None:
    counts = confusion(TRUTH, GUESS, LABELS)
    assert measured(counts, macro_f1) == measured(counts, macro_f1)


def test_nothing_measured_is_zero_and_no_crash() -> None:
    assert measured(confusion([], [], LABELS), macro_f1) == (0, 0, 0)


def test_a_label_that_is_not_ours_is_named() -> None:
    with pytest.raises(ValueError, match="中立"):
        confusion(["中立"], ["neutral"], LABELS)


def test_calibration_error_is_the_gap_between_score_and_share_right() -> None:
    assert calibration_error([True] * 9 + [False], [0.9] * 10) == pytest.approx(0)
    assert calibration_error([True] * 5 + [False] * 5, [0.9] * 10) == pytest.approx(0.4)


def test_kappa_agrees_with_cohens_own_example_of_half_by_chance() -> None:
    # 20 + 15 of 50 agree; by chance half would: (0.7 − 0.5) / 0.5.
    first = ["positive"] * 25 + ["negative"] * 25
    second = ["positive"] * 20 + ["negative"] * 5 + ["positive"] * 10 + ["negative"] * 15
    assert measured(confusion(first, second, LABELS), cohen_kappa).value == pytest.approx(0.4)
