"""Reliability: of the posts read with a certain confidence, how many were read rightly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.float64]
BINS = 10
Z = 1.959964  # of a 95 % interval


class ReliabilityRow(NamedTuple):
    """One bar of a reliability diagram: posts whose confidence lies in a range, and the share read rightly.

    `low` and `high` are the 95 % Wilson interval of `right`.
    """

    start: float
    end: float
    confidence: float
    right: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """Posts by equal-width range of confidence (0–1): how many, how many right, and the sum of confidence."""

    posts: Counts
    hits: Counts
    scores: Counts

    @staticmethod
    def none(bins: int = BINS) -> Reliability:
        """Before any post."""
        return Reliability(np.zeros(bins), np.zeros(bins), np.zeros(bins))

    @staticmethod
    def of(right: Sequence[bool] | Counts, score: Sequence[float] | Counts, bins: int = BINS) -> Reliability:
        """Posts with whether each was read rightly and the confidence it was read with."""
        hits, scores = np.asarray(right, np.float64), np.asarray(score, np.float64)
        which = np.clip((scores * bins).astype(np.int64), 0, bins - 1)
        return Reliability(
            np.bincount(which, minlength=bins).astype(np.float64),
            np.bincount(which, hits, bins).astype(np.float64),
            np.bincount(which, scores, bins).astype(np.float64),
        )

    def __add__(self, other: Reliability) -> Reliability:
        return Reliability(self.posts + other.posts, self.hits + other.hits, self.scores + other.scores)

    @property
    def n(self) -> int:
        """All posts."""
        return int(self.posts.sum())

    @property
    def error(self) -> float:
        """Expected calibration error: the mean gap between confidence and share right, weighted by posts.

        Guo et al., On Calibration of Modern Neural Networks, ICML 2017.
        """
        return float(np.abs(self.hits - self.scores).sum() / self.n) if self.n else 0.0

    def rows(self) -> list[ReliabilityRow]:
        """The bars of the diagram that hold posts."""
        bins = len(self.posts)
        return [
            ReliabilityRow(
                at / bins,
                (at + 1) / bins,
                float(self.scores[at] / n),
                float(self.hits[at] / n),
                *wilson(float(self.hits[at]), float(n)),
                int(n),
            )
            for at, n in enumerate(self.posts)
            if n
        ]

    def error_interval(self, draws: int = 1000, seed: int = 20) -> tuple[float, float]:
        """95 % bootstrap interval of the error: posts drawn again by range and whether they were right."""
        if not self.n:
            return 0.0, 0.0
        cells = np.column_stack((self.hits, self.posts - self.hits))
        drawn = np.random.default_rng(seed).multinomial(self.n, (cells / self.n).ravel(), size=draws)
        drawn = drawn.reshape(draws, *cells.shape)
        mean = np.divide(self.scores, self.posts, out=np.zeros_like(self.scores), where=self.posts > 0)
        gaps = np.abs(drawn[..., 0] - drawn.sum(axis=2) * mean)
        low, high = np.percentile(gaps.sum(axis=1) / self.n, (2.5, 97.5))
        return float(low), float(high)


def wilson(hits: float, n: float) -> tuple[float, float]:
    """95 % interval of a share. Wilson, Journal of the American Statistical Association 22 (1927) 209–212."""
    if not n:
        return 0.0, 1.0
    share, z = hits / n, Z * Z / n
    middle, half = share + z / 2, Z * float(np.sqrt(share * (1 - share) / n + z / (4 * n)))
    return max((middle - half) / (1 + z), 0.0), min((middle + half) / (1 + z), 1.0)
