"""Intervals by resampling people, for statistics without a formula."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from outlisten.insights.estimate import CONFIDENCE, Estimate

REPLICATES = 2000


def bootstrap_share(
    per_author: npt.ArrayLike, *, replicates: int = REPLICATES, seed: int = 0
) -> list[Estimate | None]:
    """The share of each column in the total of all, with a percentile interval from resampled authors.

    `per_author` has one row for each author and one column for each topic: 1 or 0 (the author speaks of it)
    or a count of posts. Authors with the same row are interchangeable, so whole groups are drawn at once
    from a multinomial, which is the same bootstrap at a fraction of the cost. None for every topic when all
    is zero. Efron and Tibshirani, An Introduction to the Bootstrap (1993), ch. 13.
    """
    rows = np.asarray(per_author, dtype=float)
    total = rows.sum()
    if total == 0:
        return [None] * rows.shape[1]
    patterns, people = np.unique(rows, axis=0, return_counts=True)
    draws = np.random.default_rng(seed).multinomial(people.sum(), people / people.sum(), size=replicates)
    sums = draws @ patterns
    shares = sums / np.maximum(sums.sum(axis=1, keepdims=True), 1e-12)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(shares, [tail, 1 - tail], axis=0)
    ends = zip((rows.sum(axis=0) / total).tolist(), low.tolist(), high.tolist(), strict=True)
    return [Estimate(*end) for end in ends]
