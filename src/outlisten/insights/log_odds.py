"""Keyness: how much more a word belongs to one corpus than to another."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
import numpy.typing as npt

from outlisten.insights.estimate import Z

Numbers = npt.NDArray[np.float64]
WEIGHT = 0.2  # weight of the prior, as a share of the smaller corpus


@dataclass(frozen=True, slots=True)
class LogOdds:
    """For each word: the log-odds ratio with its interval, ζ = value / standard error, and two-sided p."""

    value: Numbers
    low: Numbers
    high: Numbers
    zeta: Numbers
    p: Numbers


def balanced_prior(ours: npt.ArrayLike, theirs: npt.ArrayLike, weight: float = WEIGHT) -> Numbers:
    """Prior counts from a background in which both corpora weigh the same.

    Pooling the raw counts would let the bigger corpus be the background, and a prior as heavy as the bigger
    corpus would drown the smaller; so the background is the mean of the two relative frequencies, and it
    weighs `weight` times the smaller corpus.
    """
    i, j = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
    if i.sum() == 0 or j.sum() == 0:
        raise ValueError("both corpora need at least one word")
    background = (i / i.sum() + j / j.sum()) / 2
    return np.asarray(weight * min(i.sum(), j.sum()) * background, dtype=float)


def log_odds(ours: npt.ArrayLike, theirs: npt.ArrayLike, prior: npt.ArrayLike | None = None) -> LogOdds:
    """Log-odds ratios with an informative Dirichlet prior, one for each word; above zero leans to `ours`.

    The counts are authors who use the word. The default prior is `balanced_prior`.
    Monroe, Colaresi and Quinn, Fightin' Words, Political Analysis 16 (2008) 372–403, equations 15, 16, 19–22.
    """
    i, j = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
    alpha = balanced_prior(i, j) if prior is None else np.asarray(prior, dtype=float)
    value = _log_odds_of(i + alpha) - _log_odds_of(j + alpha)
    error = np.sqrt(1 / (i + alpha) + 1 / (j + alpha))
    zeta = value / error
    p = np.array([erfc(abs(z) / sqrt(2)) for z in zeta])
    return LogOdds(value, value - Z * error, value + Z * error, zeta, p)


def _log_odds_of(counts: Numbers) -> Numbers:
    return np.asarray(np.log(counts) - np.log(counts.sum() - counts), dtype=float)
