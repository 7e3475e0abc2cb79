"""Change between two windows, as the ratio of two rates."""

from __future__ import annotations

from math import exp, log, sqrt

from outlisten.insights.estimate import Estimate, Z


def rate_ratio(
    after: int, before: int, *, exposure: float = 1.0, design_after: float = 1.0, design_before: float = 1.0
) -> Estimate | None:
    """How many times the rate `before` the rate `after` is; None when either count is zero.

    `exposure` is the length of the window after divided by the length of the one before. Counts are
    Poisson, or, with a design effect, compound Poisson: people arrive independently and each writes several
    posts, which makes the variance of a count of posts `design` times the count. The interval is normal on
    the log scale: Var(ln ratio) = design_after/after + design_before/before. Rothman, Greenland and Lash,
    Modern Epidemiology, 3rd ed. (2008), ch. 14.
    """
    if after <= 0 or before <= 0:
        return None
    ratio = after / before / exposure
    half = Z * sqrt(design_after / after + design_before / before)
    return Estimate(ratio, exp(log(ratio) - half), exp(log(ratio) + half))
