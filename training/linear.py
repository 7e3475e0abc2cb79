"""Logistic regression on hashed n-grams with what sentiment data need: several sets at once, some without
neutral.

Each set has an intercept of its own, so that a set's habits (reviews are never neutral) do not become a
word's weight; rows of a set without neutral are trained on the negative and positive logits only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.optimize import minimize
from sentiment_data import NEUTRAL, texts
from sentiment_sets import Sets

from outlisten.language.features import Recipe, grams
from outlisten.language.normalisation import fold

Floats = npt.NDArray[np.float32]
CLASSES = 3
OFF = np.float32(-1e9)  # a logit that takes no part


@dataclass(frozen=True, slots=True)
class Rows:
    """Training rows of several parts: binary features, labels, the part whose intercept each row takes, its
    weight, and its role in `sentiment_sets`.
    """

    features: sp.csr_matrix
    labels: npt.NDArray[np.int64]
    parts: npt.NDArray[np.int64]
    two_class: npt.NDArray[np.bool_]
    weights: Floats
    roles: npt.NDArray[np.str_]

    def weighted(self, factors: Mapping[str, float]) -> Rows:
        """Each row's weight times the factor of its role; rows of weight 0 are left out."""
        weights = self.weights * np.array([factors[role] for role in self.roles.tolist()], np.float32)
        kept = weights > 0
        return Rows(
            self.features[kept],
            self.labels[kept],
            self.parts[kept],
            self.two_class[kept],
            weights[kept],
            self.roles[kept],
        )


def features(rows: list[str], recipe: Recipe, batch: int = 5_000) -> sp.csr_matrix:
    """One row a text, one column a bucket, 1 where the text has the feature: the run-time feature pass."""
    buckets, counts = [], []
    for start in range(0, len(rows), batch):
        found = grams(fold(rows[start : start + batch]), recipe)
        buckets.append(found.buckets.astype(np.int32))
        counts.append(np.diff(found.starts))
    indices = np.concatenate(buckets)
    pointers = np.concatenate(([0], np.cumsum(np.concatenate(counts))))
    return sp.csr_matrix((np.ones(len(indices), np.float32), indices, pointers), (len(rows), recipe.buckets))


def rows_of(sets: Sets, recipe: Recipe) -> Rows:
    """The training rows; within a part every label weighs the same.

    The `stance` parts share the intercept of the first part, the one that ships.
    """
    parts = [*sets.train, *((replace(part, two_class=False), role) for part, role in sets.stance)]
    numbers = [*range(len(sets.train)), *([0] * len(sets.stance))]
    labels = [np.array([label for _, label in part.rows]) for part, _ in parts]
    sizes = [len(part.rows) for part, _ in parts]
    return Rows(
        sp.vstack([features(texts(part), recipe) for part, _ in parts]).tocsr(),
        np.concatenate(labels),
        np.repeat(numbers, sizes),
        np.repeat([part.two_class for part, _ in parts], sizes),
        np.concatenate([_balanced(label) for label in labels]).astype(np.float32),
        np.repeat([role for _, role in parts], sizes),
    )


def _balanced(labels: npt.NDArray[np.int64]) -> Floats:
    present, counts = np.unique(labels, return_counts=True)
    share = dict(zip(present.tolist(), (len(labels) / len(present) / counts).tolist(), strict=True))
    return np.array([share[label] for label in labels.tolist()], np.float32)


def inverse_document_frequency(matrix: sp.csr_matrix, recipe: Recipe, word_factor: float) -> Floats:
    """ln((1 + n) / (1 + df)) + 1 of each bucket, words times their factor, in the 16 bits shipped."""
    frequency = np.asarray(matrix.sum(axis=0)).ravel()
    idf = np.log((1 + matrix.shape[0]) / (1 + frequency)) + 1
    idf[1 << recipe.bits :] *= word_factor
    return np.asarray(idf.astype(np.float16).astype(np.float32))


def scaled(matrix: sp.csr_matrix, idf: Floats, smoothing: float) -> sp.csr_matrix:
    """Each feature weighted by its idf, each row divided by √(smoothing + Σ idf²), as `heads` does."""
    weighted = matrix.copy()
    weighted.data = idf[weighted.indices]
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel() + smoothing)
    return sp.csr_matrix(sp.diags((1 / length).astype(np.float32)) @ weighted)


def fit(
    rows: Rows, matrix: sp.csr_matrix, hints: Floats, strength: float, iterations: int
) -> tuple[Floats, Floats]:
    """Weights (buckets × classes) and intercepts (parts × classes) by L-BFGS; `strength` is the L2 penalty.

    `hints` (buckets × any number, may be none) says along which directions weights may move together cheaply:
    the weights found are W + hints·H with both penalised. It costs nothing at run time.
    """
    transposed = matrix.T.tocsr()
    shapes = ((matrix.shape[1], CLASSES), (int(rows.parts.max()) + 1, CLASSES), (hints.shape[1], CLASSES))
    every = np.arange(len(rows.labels))
    membership = sp.csr_matrix(
        (np.ones(len(every), np.float32), (rows.parts, every)), (shapes[1][0], len(every))
    )
    allowed = np.zeros((len(every), CLASSES), np.float32)
    allowed[rows.two_class, NEUTRAL] = OFF

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        free, intercepts, led = _split(flat, shapes)
        logits = matrix @ (free + hints @ led) + intercepts[rows.parts] + allowed
        cost, slope = _cross_entropy(logits, rows, every)
        inner = transposed @ slope
        gradients = (inner + strength * free, membership @ slope, hints.T @ inner + led)
        penalty = strength * np.square(free).sum(dtype=np.float64) + np.square(led).sum(dtype=np.float64)
        return cost + 0.5 * float(penalty), np.concatenate([g.ravel() for g in gradients]).astype(np.float64)

    start = np.zeros(sum(rows_ * columns for rows_, columns in shapes))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxcor": 8})
    free, intercepts, led = _split(found.x, shapes)
    return free + hints @ led, intercepts


def _cross_entropy(logits: Floats, rows: Rows, every: npt.NDArray[np.int64]) -> tuple[float, Floats]:
    """The weighted cost of all rows, and its slope in each logit."""
    logits = logits - logits.max(axis=1, keepdims=True)
    powers = np.exp(logits)
    totals = powers.sum(axis=1)
    cost = (rows.weights * (np.log(totals) - logits[every, rows.labels])).sum(dtype=np.float64)
    slope = powers / totals[:, None]
    slope[every, rows.labels] -= 1
    return float(cost), slope * rows.weights[:, None]


def _split(flat: npt.NDArray[np.float64], shapes: tuple[tuple[int, int], ...]) -> list[Floats]:
    """The flat vector of the optimiser as tables of these shapes."""
    ends = np.cumsum([rows * columns for rows, columns in shapes])
    return [
        part.reshape(shape)
        for part, shape in zip(np.split(flat.astype(np.float32), ends[:-1]), shapes, strict=True)
    ]


def calibrate(logits: Floats, labels: npt.NDArray[np.int64]) -> tuple[float, Floats]:
    """Scale and bias that make probabilities honest on posts not trained on; every label weighs the same."""
    weights = _balanced(labels).astype(np.float64)
    every = np.arange(len(labels))

    def loss(free: npt.NDArray[np.float64]) -> float:
        moved = logits * np.exp(free[0]) + free[1:]
        top = moved.max(axis=1, keepdims=True)
        totals = np.log(np.exp(moved - top).sum(axis=1)) + top[:, 0]
        return float(
            (weights * (totals - moved[every, labels])).sum() / weights.sum()
            + 1e-4 * np.square(free[1:]).sum()
        )

    found = minimize(loss, np.zeros(1 + CLASSES), method="L-BFGS-B")
    return float(np.exp(found.x[0])), (found.x[1:] - found.x[1:].mean()).astype(np.float32)
