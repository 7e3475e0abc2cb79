"""Cohen's κ of two readers on the same posts, with a bootstrap interval over the posts.

Cohen, *A coefficient of agreement for nominal scales* (1960); for ordered labels with quadratic weights (1968).
Percentile bootstrap, Efron and Tibshirani (1993), chapter 13.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from statsmodels.stats.inter_rater import cohens_kappa

Codes = npt.NDArray[np.int64]
SEED, DRAWS = 5, 1_000


@dataclass(frozen=True, slots=True)
class Agreement:
    """κ and its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"


def kappa(first: Codes, second: Codes, *, ordered: bool = False) -> float:
    """κ of two arrays of whole numbers from 0; not a number where both always say one and the same thing."""
    size = int(max(first.max(initial=0), second.max(initial=0))) + 1
    table = np.zeros((size, size))
    np.add.at(table, (first, second), 1)
    # A label that nobody gave would only add empty rows; one label alone leaves nothing to agree on.
    if np.count_nonzero(table.sum(0) + table.sum(1)) < 2:
        return float("nan")
    return float(cohens_kappa(table, wt="quadratic" if ordered else None, return_results=False))


def mean_kappa(first: Codes, second: Codes) -> float:
    """Mean κ over the columns of two tables of yes and no, without the columns that both leave empty."""
    found = [kappa(a, b) for a, b in zip(first.T, second.T, strict=True) if a.any() or b.any()]
    return float(np.mean(found)) if found else float("nan")


def pooled_kappa(first: Codes, second: Codes) -> float:
    """κ of all cells of two tables of yes and no, as if each were a post of its own."""
    return kappa(first.ravel(), second.ravel())


def with_interval(
    measure: Callable[[Codes, Codes], float], first: Sequence[object], second: Sequence[object]
) -> Agreement:
    """A measure of two readers' codes, and its interval from posts drawn again."""
    one, other = np.array(first, np.int64), np.array(second, np.int64)
    if np.isnan(value := measure(one, other)):
        return Agreement(value, value, value)
    draw = np.random.default_rng(SEED)
    drawn = [measure(one[posts], other[posts]) for posts in (draw.integers(len(one), size=(DRAWS, len(one))))]
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return Agreement(value, float(low), float(high))
