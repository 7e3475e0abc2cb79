"""Shares of classes, corrected for the errors of the classifier that read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from outlisten.insights.estimate import Estimate, Z, normal

Matrix = npt.NDArray[np.float64]
Origin = Literal["public", "local"]
SMALLEST = 0.15  # of a usable matrix's singular values: below it the correction multiplies noise sevenfold


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """How a classifier reads each class: `counts[j, k]` labelled posts of true class j that it read as k."""

    counts: Matrix
    origin: Origin = "public"

    @property
    def rates(self) -> Matrix:
        """Row j: the shares in which true class j is read as each class."""
        return np.asarray(self.counts / self.counts.sum(axis=1, keepdims=True), dtype=float)

    @property
    def usable(self) -> bool:
        """Whether every class has labels, and classes are told apart well enough for a correction."""
        if (self.counts.sum(axis=1) == 0).any():
            return False
        return bool(np.linalg.svd(self.rates, compute_uv=False).min() >= SMALLEST)


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of all classes, their covariance, and the uncorrected shares they came from.

    `fits` is false when the correction led further outside 0–1 than chance explains: then the error rates
    do not hold here.
    """

    value: Matrix
    covariance: Matrix
    uncorrected: Matrix
    fits: bool = True

    def of(self, position: int) -> Estimate:
        """The share of one class."""
        variance = float(self.covariance[position, position])
        return normal(float(self.value[position]), variance, floor=0, ceiling=1)

    def difference(self, plus: int, minus: int) -> Estimate:
        """The share of one class minus the share of another; the two are correlated and that is counted."""
        cov = self.covariance
        variance = cov[plus, plus] + cov[minus, minus] - 2 * cov[plus, minus]
        return normal(float(self.value[plus] - self.value[minus]), float(variance), floor=-1, ceiling=1)


def adjusted_count(
    observed: float, n: float, *, tpr: float, fpr: float, n1: float, n0: float
) -> Estimate | None:
    """The true share of one class, given the share `observed` in n posts; None when tpr and fpr are too near.

    Adjusted count: (q − fpr)/(tpr − fpr), clipped to 0–1, with the delta-method variance that counts three
    uncertainties: n posts, n1 labelled posts of the class (tpr) and n0 others (fpr). Assumes that the error
    rates hold here. Forman, Data Mining and Knowledge Discovery 17 (2008) 164–206.
    """
    gap = tpr - fpr
    if abs(gap) < SMALLEST:
        return None
    share = min(max((observed - fpr) / gap, 0.0), 1.0)
    labelled = share**2 * tpr * (1 - tpr) / n1 + (1 - share) ** 2 * fpr * (1 - fpr) / n0
    variance = observed * (1 - observed) / n + labelled
    return normal(share, variance / gap**2, floor=0, ceiling=1)


def adjusted_shares(observed: npt.ArrayLike, n: float, errors: ErrorRates) -> Shares | None:
    """Adjusted count for several classes at once, adding up to one; None when the errors are unusable.

    The observed shares are Cᵀp with C the error rates, so p = (Cᵀ)⁻¹q; the delta method then adds the
    sampling of the n posts and of the labelled posts of every class. With two classes it is
    `adjusted_count`. Estimates outside 0–1 are clipped and rescaled, as Forman clips. Hopkins and King,
    American Journal of Political Science 54 (2010) 229–247; QuaPy's ACC.
    """
    if not errors.usable:
        return None
    q = np.asarray(observed, dtype=float)
    inverse = np.linalg.inv(errors.rates.T)
    raw = inverse @ q
    value = np.clip(raw, 0, 1) / np.clip(raw, 0, 1).sum()
    spread = _multinomial(q, n)
    for share, row, labels in zip(value, errors.rates, errors.counts.sum(axis=1), strict=True):
        spread += share**2 * _multinomial(row, float(labels))
    covariance = inverse @ spread @ inverse.T
    outside = np.maximum(-raw, raw - 1) > Z * np.sqrt(np.diag(covariance))
    return Shares(value, covariance, q, fits=not outside.any())


def combine(parts: list[tuple[float, Shares]], effective: float | None = None) -> Shares:
    """Shares of a whole from the shares of its parts, each with its size in the sample.

    Variances add with squared weights; the weights themselves come from a sample, which adds the spread
    between the parts divided by the total number (stratified estimation with estimated weights, Cochran,
    Sampling Techniques, 3rd ed. 1977, section 12.2). `effective` is the number of independent observations
    where it is less.
    """
    total = sum(n for n, _ in parts)
    independent = effective or total
    weights = [n / total for n, _ in parts]
    value = np.sum([w * s.value for w, (_, s) in zip(weights, parts, strict=True)], axis=0)
    uncorrected = np.sum([w * s.uncorrected for w, (_, s) in zip(weights, parts, strict=True)], axis=0)
    covariance = np.sum([w**2 * s.covariance for w, (_, s) in zip(weights, parts, strict=True)], axis=0)
    for weight, (_, part) in zip(weights, parts, strict=True):
        apart = part.value - value
        covariance = covariance + weight * np.outer(apart, apart) / independent
    return Shares(value, covariance, uncorrected, fits=all(part.fits for _, part in parts))


def _multinomial(shares: Matrix, n: float) -> Matrix:
    return np.asarray((np.diag(shares) - np.outer(shares, shares)) / n, dtype=float)
