"""Simple proportions: k of n, where each of the n was really looked at."""

from __future__ import annotations

from math import sqrt

from outlisten.insights.estimate import Estimate, Z


def wilson(k: float, n: float) -> Estimate | None:
    """The share k/n with its Wilson score interval; None when n is zero.

    `n` may be an effective number (posts divided by a design effect), so neither needs to be whole.
    Wilson, JASA 22 (1927) 209–212; Newcombe, Statistics in Medicine 17 (1998) 857–872, method 3.
    Raises ValueError when k is not between 0 and n.
    """
    if not 0 <= k <= n:
        raise ValueError(f"a share needs 0 ≤ k ≤ n, not k={k}, n={n}")
    if n == 0:
        return None
    share, z2 = k / n, Z * Z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return Estimate(share, max(centre - half, 0.0), min(centre + half, 1.0))
