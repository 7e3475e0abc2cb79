"""How well labels were predicted: the figures of a confusion matrix, each with a bootstrap interval.

All figures depend on the data only through the confusion matrix, so resampling posts with replacement is a
multinomial draw of its cells: a thousand resamples of any number of posts take milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from outlisten.language.reliability import Reliability

Floats = npt.NDArray[np.float64]


class Rates(NamedTuple):
    """For one label: how often it is given where true and where not, and the posts behind each."""

    tpr: float
    fpr: float
    n_pos: int
    n_neg: int


class Interval(NamedTuple):
    """A figure and its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Confusion:
    """Counts of posts by true label (rows) and predicted label (columns).

    A post with no prediction is counted as wrong in `unread`, by its true label.
    """

    labels: tuple[str, ...]
    cells: npt.NDArray[np.int64]
    unread: npt.NDArray[np.int64]

    @property
    def n(self) -> int:
        """All posts, the unread ones included."""
        return int(self.cells.sum() + self.unread.sum())

    def rates(self, label: str) -> Rates:
        """True and false positive rate of a label, over all posts including the unread ones."""
        at = self.labels.index(label)
        truths = self.cells.sum(axis=1) + self.unread
        positives, found = int(truths[at]), int(self.cells[at, at])
        negatives = int(truths.sum()) - positives
        wrong = int(self.cells[:, at].sum()) - found
        return Rates(
            found / positives if positives else 0.0,
            wrong / negatives if negatives else 0.0,
            positives,
            negatives,
        )


Measure = Callable[[Floats], Floats]


def confusion(truth: Sequence[str], predicted: Sequence[str | None], labels: Sequence[str]) -> Confusion:
    """Count predictions against the truth; raises ValueError for a true label that is not in `labels`."""
    index = {label: at for at, label in enumerate(labels)}
    cells = np.zeros((len(labels), len(labels)), np.int64)
    unread = np.zeros(len(labels), np.int64)
    for true, guess in zip(truth, predicted, strict=True):
        if true not in index:
            raise ValueError(f'The label "{true}" is not one of {", ".join(labels)}.')
        if guess in index:
            cells[index[true], index[guess]] += 1
        else:
            unread[index[true]] += 1
    return Confusion(tuple(labels), cells, unread)


# Each measure takes arrays of shape (…, k, k + 1): k true labels by k predicted ones and a last column for
# unread.


def accuracy(cells: Floats) -> Floats:
    """Share of posts predicted right."""
    return _divide(np.trace(cells, axis1=-2, axis2=-1), cells.sum(axis=(-2, -1)))


def recalls(cells: Floats) -> Floats:
    """Per label, the share of its posts that were found."""
    return _divide(_diagonal(cells), cells.sum(axis=-1))


def precisions(cells: Floats) -> Floats:
    """Per label, the share of posts given it that truly have it."""
    return _divide(_diagonal(cells), cells[..., :-1].sum(axis=-2))


def f1_scores(cells: Floats) -> Floats:
    """Per label, the harmonic mean of precision and recall."""
    return _divide(2 * _diagonal(cells), cells[..., :-1].sum(axis=-2) + cells.sum(axis=-1))


def macro_recall(cells: Floats) -> Floats:
    """Mean recall over labels: TweetEval's measure of sentiment."""
    return np.asarray(recalls(cells).mean(axis=-1))


def macro_f1(cells: Floats) -> Floats:
    """Mean F1 over labels."""
    return np.asarray(f1_scores(cells).mean(axis=-1))


def cohen_kappa(cells: Floats) -> Floats:
    """Agreement of two labellers beyond chance; posts without a second label are left out.

    Cohen, Educational and Psychological Measurement 20 (1960) 37–46.
    """
    counts = cells[..., :-1]
    n = counts.sum(axis=(-2, -1))
    by_chance = _divide((counts.sum(axis=-1) * counts.sum(axis=-2)).sum(axis=-1), n * n)
    seen = _divide(np.trace(counts, axis1=-2, axis2=-1), n)
    return _divide(seen - by_chance, 1 - by_chance)


MEASURES: dict[str, Measure] = {"accuracy": accuracy, "macro_recall": macro_recall, "macro_f1": macro_f1}


def measured(counts: Confusion, measure: Measure, *, draws: int = 1000, seed: int = 20) -> Interval:
    """A measure and its 95 % interval: percentiles of `draws` bootstrap resamples of the posts."""
    cells = np.column_stack((counts.cells, counts.unread)).astype(np.float64)
    value = float(measure(cells))
    if counts.n == 0:
        return Interval(value, value, value)
    resampled = np.random.default_rng(seed).multinomial(counts.n, (cells / cells.sum()).ravel(), size=draws)
    values = measure(resampled.reshape(draws, *cells.shape).astype(np.float64))
    low, high = np.percentile(values, (2.5, 97.5))
    return Interval(value, float(low), float(high))


def calibration_error(right: Sequence[bool], score: Sequence[float], bins: int = 10) -> float:
    """Expected calibration error: mean gap between score and share right, over equal-width bins weighted by
    posts.
    """
    return Reliability.of(right, score, bins).error


def _diagonal(cells: Floats) -> Floats:
    return np.diagonal(cells, axis1=-2, axis2=-1)


def _divide(above: Floats, below: Floats) -> Floats:
    """Zero where there is nothing to divide by, as is usual for these measures."""
    return np.divide(
        above, below, out=np.zeros(np.broadcast(above, below).shape), where=np.asarray(below) > 0
    )
