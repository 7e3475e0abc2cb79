"""Multinomial logistic regression on few labels, around what a model says already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Regression:
    """Logits are `scale` · offset + design @ `weights` + `bias`."""

    scale: float
    weights: Floats
    bias: Floats

    def probabilities(self, offset: Floats, design: Floats) -> Floats:
        """Posts × labels, rows sum to 1."""
        return softmax(self.scale * offset + design @ self.weights + self.bias)


def softmax(logits: Floats) -> Floats:
    """Probabilities of each row."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def regress(
    offset: Floats, design: Floats, truth: Ints, weights: Floats, penalty: float, pull: float = 1.0
) -> Regression:
    """Fit by penalised likelihood: `penalty` shrinks the weights of the design to 0, `pull` the rest to the model.

    Without a design this is temperature scaling with a bias (Guo et al., ICML 2017; bias-corrected by Alexandari et al.,
    ICML 2020). `weights` weigh the posts.
    """
    labels, columns = offset.shape[1], design.shape[1]
    wanted = np.eye(labels)[truth]

    def loss(x: Floats) -> tuple[float, Floats]:
        log_scale, bias, matrix = x[0], x[1 : 1 + labels], x[1 + labels :].reshape(columns, labels)
        scale = np.exp(log_scale)
        chances = softmax(scale * offset + design @ matrix + bias)
        gap = (chances - wanted) * weights[:, None]
        value = -(weights * np.log(chances[np.arange(len(truth)), truth] + 1e-12)).sum()
        value += 0.5 * (penalty * (matrix**2).sum() + pull * (log_scale**2 + (bias**2).sum()))
        slope = np.concatenate(
            (
                [scale * (gap * offset).sum() + pull * log_scale],
                gap.sum(axis=0) + pull * bias,
                (design.T @ gap + penalty * matrix).ravel(),
            )
        )
        return float(value), slope

    start = np.zeros(1 + labels + columns * labels)
    found: Any = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200})
    x = found.x
    return Regression(float(np.exp(x[0])), x[1 + labels :].reshape(columns, labels), x[1 : 1 + labels])


def balancing(truth: Ints, labels: int) -> Floats:
    """Weights by which every label counts alike; they sum to the number of posts."""
    counts = np.bincount(truth, minlength=labels)
    return np.asarray(len(truth) / (np.count_nonzero(counts) * counts[truth]), np.float64)
