"""Shares resampled over authors."""

from math import sqrt

import numpy as np
import pytest

from outlisten.insights.bootstrap import bootstrap_share


def test_one_post_an_author_gives_the_binomial_interval() -> None:
    ours, theirs = bootstrap_share([[1, 0]] * 300 + [[0, 1]] * 700, replicates=20_000)
    assert ours is not None
    assert theirs is not None
    half = 1.96 * sqrt(0.3 * 0.7 / 1000)
    assert (ours.value, theirs.value) == (0.3, 0.7)
    assert (ours.low, ours.high) == pytest.approx((0.3 - half, 0.3 + half), abs=0.002)


def test_one_loud_author_widens_the_interval_of_posts() -> None:
    quiet, _ = bootstrap_share([[1, 0]] * 100 + [[0, 1]] * 100)
    loud, _ = bootstrap_share([[1, 0]] * 50 + [[50, 0]] + [[0, 1]] * 100)
    assert quiet is not None
    assert loud is not None
    assert loud.value == quiet.value == 0.5
    assert loud.high - loud.low > 2 * (quiet.high - quiet.low)


def test_resampling_groups_equals_resampling_people() -> None:
    rows = np.random.default_rng(2).integers(0, 3, size=(400, 2))
    draws = np.random.default_rng(3).integers(0, 400, size=(4000, 400))
    sums = rows[draws].sum(axis=1)
    low, high = np.quantile(sums[:, 0] / sums.sum(axis=1), [0.025, 0.975])
    share, _ = bootstrap_share(rows, replicates=4000)
    assert share is not None
    assert (share.low, share.high) == pytest.approx((low, high), abs=0.004)


def test_the_same_seed_gives_the_same_interval() -> None:
    rows = [[1, 0], [0, 1], [1, 1]] * 20
    assert bootstrap_share(rows, seed=4) == bootstrap_share(rows, seed=4)


def test_no_mentions_have_no_shares() -> None:
    assert bootstrap_share([[0, 0], [0, 0]]) == [None, None]
