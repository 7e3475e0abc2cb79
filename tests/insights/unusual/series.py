"""Made-up hours with a daily and weekly rhythm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from outlisten.insights.unusual import Hours
from outlisten.insights.unusual.hours import Numbers

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
WEEKS = 8


def rhythm(mean: float, weeks: int = WEEKS) -> Numbers:
    """People expected in each hour: busiest in the evening, fewer at the weekend."""
    at = np.arange(weeks * 168)
    return (
        mean * (1 + 0.8 * np.sin((at % 24 - 14) / 24 * 2 * np.pi)) * np.where((at // 24) % 7 >= 5, 0.6, 1.1)
    )


def counts(mean: float, *, varying: float = 0.0, weeks: int = WEEKS, seed: int = 0) -> Numbers:
    """Counts around the rhythm: Poisson, or with a Gamma factor of that variance that stays for six hours."""
    rng = np.random.default_rng(seed)
    expected = rhythm(mean, weeks)
    if varying:
        factors = rng.gamma(1 / varying, varying, expected.size // 6 + 1)
        expected = expected * np.repeat(factors, 6)[: expected.size]
    return rng.poisson(expected).astype(np.float64)


def ending(series: Numbers, end: int, hours: int = WEEKS * 168) -> Hours:
    """The hours before one of them, as they stood then."""
    begin = max(end - hours, 0)
    return Hours.of(MONDAY + timedelta(hours=begin), series[begin:end])
