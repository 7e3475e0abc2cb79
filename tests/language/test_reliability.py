"""Reliability of confidence, against values worked out by hand."""

from __future__ import annotations

import pytest

from outlisten.language.reliability import Reliability, wilson


def test_bars_hold_their_posts_and_the_error_is_the_mean_gap() -> None:
    found = Reliability.of([True, False, True, True], [0.55, 0.55, 0.95, 1.0])
    assert [(row.n, row.right) for row in found.rows()] == [(2, 0.5), (2, 1.0)]
    assert found.error == pytest.approx((2 * 0.05 + 2 * 0.025) / 4)


def test_parts_add_up_to_the_whole() -> None:
    right, score = [True, False, True], [0.4, 0.6, 0.7]
    parts = Reliability.of(right[:1], score[:1]) + Reliability.of(right[1:], score[1:])
    assert parts.error == Reliability.of(right, score).error


def test_without_posts_nothing_is_claimed() -> None:
    assert (Reliability.none().error, Reliability.none().rows()) == (0.0, [])
    assert Reliability.none().error_interval() == (0.0, 0.0)
    assert wilson(0, 0) == (0.0, 1.0)


def test_wilson_agrees_with_the_textbook() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
