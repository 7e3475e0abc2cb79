"""Benjamini–Hochberg against the paper's own example."""

import numpy as np
from statsmodels.stats.multitest import multipletests

from outlisten.insights.discoveries import benjamini_hochberg

# Benjamini and Hochberg (1995), section 3.2: fifteen p-values, four rejected at 0.05.
PAPER = [
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.3240,
    0.4262,
    0.5719,
    0.6528,
    0.7590,
    1.0,
]


def test_the_papers_example_has_four_discoveries() -> None:
    assert benjamini_hochberg(PAPER).tolist() == [True] * 4 + [False] * 11


def test_the_order_of_the_tests_does_not_matter() -> None:
    shuffled = np.random.default_rng(3).permutation(PAPER)
    assert set(shuffled[benjamini_hochberg(shuffled)]) == set(PAPER[:4])


def test_it_agrees_with_statsmodels() -> None:
    p = np.random.default_rng(5).beta(0.4, 2, size=400)
    assert benjamini_hochberg(p, 0.1).tolist() == multipletests(p, 0.1, method="fdr_bh")[0].tolist()


def test_no_tests_have_no_discoveries() -> None:
    assert benjamini_hochberg([]).tolist() == []
