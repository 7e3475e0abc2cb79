"""Logistic regression on hashed n-grams with what sentiment data need: several sets at once, some without neutral.

Each set has an intercept of its own, so that a set's habits (reviews are never neutral) do not become a word's weight;
rows of a set without neutral are trained on the negative and positive logits only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.optimize import minimize
from sentiment_data import NEUTRAL, Part, texts

from outlisten.language.features import Recipe, grams
from outlisten.language.normalisation import fold

Floats = npt.NDArray[np.float32]
CLASSES = 3
OFF = np.float32(-1e9)  # a logit that takes no part


@dataclass(frozen=True, slots=True)
class Rows:
    """Training rows of several parts: binary features, labels, which part each row is of, and its weight."""

    features: sp.csr_matrix
    labels: npt.NDArray[np.int64]
    parts: npt.NDArray[np.int64]
    two_class: npt.NDArray[np.bool_]
    weights: Floats


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


def rows_of(parts: list[tuple[Part, float]], recipe: Recipe) -> Rows:
    """The rows of all parts; within a part every label weighs the same in total, and each part as its factor says."""
    matrices = [features(texts(part), recipe) for part, _ in parts]
    labels = [np.array([label for _, label in part.rows]) for part, _ in parts]
    weights = [_balanced(label) * factor for label, (_, factor) in zip(labels, parts, strict=True)]
    sizes = [len(part.rows) for part, _ in parts]
    return Rows(
        sp.vstack(matrices).tocsr(),
        np.concatenate(labels),
        np.repeat(np.arange(len(parts)), sizes),
        np.repeat([part.two_class for part, _ in parts], sizes),
        np.concatenate(weights).astype(np.float32),
    )


def _balanced(labels: npt.NDArray[np.int64]) -> Floats:
    present, counts = np.unique(labels, return_counts=True)
    share = dict(zip(present.tolist(), (len(labels) / len(present) / counts).tolist(), strict=True))
    return np.array([share[label] for label in labels.tolist()], np.float32)


def inverse_document_frequency(matrix: sp.csr_matrix) -> Floats:
    """ln((1 + n) / (1 + df)) + 1 of each bucket, rounded to the 16 bits it is shipped in."""
    frequency = np.asarray(matrix.sum(axis=0)).ravel()
    idf = np.log((1 + matrix.shape[0]) / (1 + frequency)) + 1
    return idf.astype(np.float16).astype(np.float32)


def scaled(matrix: sp.csr_matrix, idf: Floats) -> sp.csr_matrix:
    """Each feature weighted by its idf, each row of unit length."""
    weighted = matrix.copy()
    weighted.data = idf[weighted.indices]
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return sp.csr_matrix(sp.diags((1 / np.maximum(length, 1e-9)).astype(np.float32)) @ weighted)


def fit(rows: Rows, idf: Floats, strength: float, iterations: int) -> tuple[Floats, Floats]:
    """Weights (buckets × classes) and intercepts (parts × classes) by L-BFGS; `strength` is the L2 penalty."""
    matrix = scaled(rows.features, idf)
    transposed = matrix.T.tocsr()
    buckets, parts = matrix.shape[1], int(rows.parts.max()) + 1
    every = np.arange(len(rows.labels))
    membership = sp.csr_matrix((np.ones(len(every), np.float32), (rows.parts, every)), (parts, len(every)))
    allowed = np.zeros((len(every), CLASSES), np.float32)
    allowed[rows.two_class, NEUTRAL] = OFF

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        weights, intercepts = _split(flat, buckets, parts)
        logits = matrix @ weights + intercepts[rows.parts] + allowed
        logits -= logits.max(axis=1, keepdims=True)
        powers = np.exp(logits)
        totals = powers.sum(axis=1)
        cost = (rows.weights * (np.log(totals) - logits[every, rows.labels])).sum(dtype=np.float64)
        slope = powers / totals[:, None]
        slope[every, rows.labels] -= 1
        slope *= rows.weights[:, None]
        gradient = np.concatenate(((transposed @ slope + strength * weights).ravel(), (membership @ slope).ravel()))
        return float(cost + 0.5 * strength * np.square(weights).sum(dtype=np.float64)), gradient.astype(np.float64)

    start = np.zeros((buckets + parts) * CLASSES)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxcor": 8})
    return _split(found.x, buckets, parts)


def _split(flat: npt.NDArray[np.float64], buckets: int, parts: int) -> tuple[Floats, Floats]:
    values = flat.astype(np.float32)
    return values[: buckets * CLASSES].reshape(buckets, CLASSES), values[buckets * CLASSES :].reshape(parts, CLASSES)


def calibrate(logits: Floats, labels: npt.NDArray[np.int64]) -> tuple[float, Floats]:
    """Scale and bias that make probabilities honest on posts not trained on, every label weighing the same."""
    weights = _balanced(labels).astype(np.float64)
    every = np.arange(len(labels))

    def loss(free: npt.NDArray[np.float64]) -> float:
        moved = logits * np.exp(free[0]) + free[1:]
        top = moved.max(axis=1, keepdims=True)
        totals = np.log(np.exp(moved - top).sum(axis=1)) + top[:, 0]
        return float((weights * (totals - moved[every, labels])).sum() / weights.sum() + 1e-4 * np.square(free[1:]).sum())

    found = minimize(loss, np.zeros(1 + CLASSES), method="L-BFGS-B")
    return float(np.exp(found.x[0])), (found.x[1:] - found.x[1:].mean()).astype(np.float32)
