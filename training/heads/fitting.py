"""Linear heads of one task fitted on several sets at once, each set answering for the labels it knows.

Each part has an intercept of its own, so that a set's habits do not become a word's weight. With one label a text the
cost of a row is the log of all asked labels' exponentials less that of the labels it may have: a set whose *happy* is
our joy, optimism or gratitude teaches their sum. With any number of labels it is a logistic cost for each asked label.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from heads.labelled import Labelled, Mask
from linear import OFF, Floats
from scipy.optimize import minimize
from scipy.special import logsumexp

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Training rows of several parts: scaled features, truth and what was asked, the part and weight of each label."""

    matrix: sp.csr_matrix
    truth: Mask
    asked: Mask
    parts: npt.NDArray[np.int64]
    weights: Floats  # rows × labels; with one label a text every column is the same


def rows_of(
    parts: Sequence[Labelled], matrices: Sequence[sp.csr_matrix], *, exclusive: bool, even: float
) -> Rows:
    """The rows of some parts. `even` from 0 to 1: how far rare labels are weighted up to the weight of frequent ones."""
    balance = _one_label if exclusive else _any_labels
    return Rows(
        sp.vstack(list(matrices)).tocsr(),
        np.vstack([part.truth for part in parts]),
        np.vstack([part.asked for part in parts]),
        np.repeat(
            [0 if part.like_first else at for at, part in enumerate(parts)], [len(part) for part in parts]
        ),
        np.vstack([part.weight * balance(part, even) for part in parts]).astype(np.float32),
    )


def _one_label(part: Labelled, even: float) -> Floats:
    """Rows of a rare label weigh as much as those of a frequent one, to the power `even`."""
    _, which, counts = np.unique(part.truth, axis=0, return_inverse=True, return_counts=True)
    weights = (len(part) / len(counts) / counts[which.ravel()]) ** even
    return np.repeat(weights[:, None], part.truth.shape[1], axis=1).astype(np.float32)


def _any_labels(part: Labelled, even: float) -> Floats:
    """Texts with a label weigh as much as those without, to the power `even`."""
    having = part.truth.mean(axis=0).clip(1e-3, 1 - 1e-3)
    return np.where(part.truth, (0.5 / having) ** even, (0.5 / (1 - having)) ** even).astype(np.float32)


def fit(rows: Rows, *, exclusive: bool, strength: float, iterations: int) -> tuple[Floats, Floats]:
    """Weights (features × labels) and intercepts (parts × labels) by L-BFGS; `strength` is the L2 penalty."""
    labels, parts = rows.truth.shape[1], int(rows.parts.max()) + 1
    split = rows.matrix.shape[1] * labels
    transposed = rows.matrix.T.tocsr()
    every = np.arange(len(rows.parts))
    membership = sp.csr_matrix((np.ones(len(every), np.float32), (rows.parts, every)), (parts, len(every)))
    cost_of = _one_cost if exclusive else _any_cost

    def loss(flat: Doubles) -> tuple[float, Doubles]:
        weights = flat[:split].astype(np.float32).reshape(-1, labels)
        intercepts = flat[split:].astype(np.float32).reshape(-1, labels)
        cost, slope = cost_of(rows.matrix @ weights + intercepts[rows.parts], rows)
        gradients = (transposed @ slope + strength * weights, membership @ slope + 1e-3 * intercepts)
        penalty = strength * np.square(weights).sum(dtype=np.float64) + 1e-3 * np.square(intercepts).sum()
        return cost + 0.5 * float(penalty), np.concatenate([g.ravel() for g in gradients]).astype(np.float64)

    start = np.zeros(split + parts * labels)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxcor": 6})
    flat = found.x.astype(np.float32)
    return flat[:split].reshape(-1, labels), flat[split:].reshape(-1, labels)


def _one_cost(logits: Floats, rows: Rows) -> tuple[float, Floats]:
    asked = np.where(rows.asked, logits, OFF)
    true = np.where(rows.truth, logits, OFF)
    all_, some = logsumexp(asked, axis=1), logsumexp(true, axis=1)
    weights = rows.weights[:, 0]
    cost = (weights * (all_ - some)).sum(dtype=np.float64)
    slope = np.exp(asked - all_[:, None]) - np.exp(true - some[:, None])
    return float(cost), (slope * weights[:, None]).astype(np.float32)


def _any_cost(logits: Floats, rows: Rows) -> tuple[float, Floats]:
    weights = np.where(rows.asked, rows.weights, np.float32(0))
    cost = (weights * (np.logaddexp(0, logits) - rows.truth * logits)).sum(dtype=np.float64)
    chance = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return float(cost), (weights * (chance - rows.truth)).astype(np.float32)


def calibrate_one(logits: Doubles, parts: Sequence[Labelled], even: float) -> tuple[Doubles, Doubles]:
    """Scale and bias of each label (one scale for all) that make probabilities honest on texts not trained on.

    Every part weighs the same, and within a part every label, to the power `even`.
    """
    asked = np.where(np.vstack([part.asked for part in parts]), 0.0, OFF)
    truth = np.where(np.vstack([part.truth for part in parts]), 0.0, OFF)
    each = [part.weight * _one_label(part, even)[:, 0].astype(np.float64) for part in parts]
    weights = np.concatenate([one / one.sum() for one in each])

    def loss(free: Doubles) -> float:
        moved = logits * np.exp(free[0]) + free[1:]
        cost = logsumexp(moved + asked, axis=1) - logsumexp(moved + truth, axis=1)
        return float((weights * cost).sum() / weights.sum() + 1e-3 * np.square(free[1:]).sum())

    found = minimize(loss, np.zeros(1 + logits.shape[1]), method="L-BFGS-B").x
    return np.full(logits.shape[1], np.exp(found[0])), found[1:] - found[1:].mean()


def calibrate_any(logits: Doubles, parts: Sequence[Labelled]) -> tuple[Doubles, Doubles]:
    """Scale and bias of each label by itself (Platt 1999), with his smoothed targets."""
    whole, truth = np.vstack([part.asked for part in parts]), np.vstack([part.truth for part in parts])
    scale, bias = np.ones(logits.shape[1]), np.zeros(logits.shape[1])
    for at in range(logits.shape[1]):
        asked = whole[:, at]
        x, having = logits[asked, at], truth[asked, at]
        positive, negative = having.sum(), (~having).sum()
        target = np.where(having, (positive + 1) / (positive + 2), 1 / (negative + 2))

        def loss(free: Doubles, x: Doubles = x, target: Doubles = target) -> float:
            moved = x * np.exp(free[0]) + free[1]
            return float((np.logaddexp(0, moved) - target * moved).mean() + 1e-3 * free[0] ** 2)

        found = minimize(loss, np.zeros(2), method="L-BFGS-B").x
        scale[at], bias[at] = np.exp(found[0]), found[1]
    return scale, bias


def best_threshold(chance: Doubles, having: Mask, precision: float = 0.0) -> float:
    """The probability from which to say yes: the best F1 among those with at least this precision; the highest seen
    where none has it.

    Of honest probabilities the best F1 is had from half of that F1 on (Lipton, Elkan and Naryanaswamy 2014): without a
    precision to keep, half way between there and the best of these texts, which are few.
    """
    order = np.argsort(-chance, kind="stable")
    hits = np.cumsum(having[order])
    said = np.arange(1, len(order) + 1)
    f1 = 2 * hits / (said + max(int(having.sum()), 1))
    allowed = np.where(hits / said >= precision, f1, -1.0)
    at = int(allowed.argmax())
    after = chance[order[at + 1]] if at + 1 < len(order) else 0.0
    best = float((chance[order[at]] + after) / 2)
    return best if precision else (best + float(f1[at]) / 2) / 2
