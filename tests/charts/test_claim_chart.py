from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from outlisten.charts import observed_and_expected, placebo_strip
from outlisten.insights import effects
from outlisten.insights.effects import ClaimSeries, Promise, Verdict

FIRST = date(2025, 1, 6)
START = FIRST + timedelta(days=206)


@pytest.fixture(scope="module")
def rare() -> Verdict:
    """A share that is nearly always nothing: a rise from nothing is endless in per cent."""
    random = np.random.default_rng(3)
    shares = np.where(random.random(220) < 0.12, random.random(220) * 0.4, 0.0)
    series = ClaimSeries(tuple(FIRST + timedelta(days=n) for n in range(220)), shares, {}, "share")
    verdict = effects.test(series, Promise(START, -0.5))
    assert verdict.effect is not None
    assert verdict.effect.high == float("inf")
    return verdict


@pytest.mark.parametrize("draw", [observed_and_expected, placebo_strip])
def test_an_endless_interval_is_drawn_as_far_as_it_is_written(rare: Verdict, draw: Any) -> None:
    drawn = json.dumps(draw(rare, kind="share").to_dict(), allow_nan=False)
    assert "Infinity" not in drawn


@pytest.mark.parametrize(("locale", "said"), [("en", "from \u2212"), ("zh-hans", "\u2212")])
def test_who_hears_the_placebo_dates_hears_per_cent(rare: Verdict, locale: Any, said: str) -> None:
    described = placebo_strip(rare, locale, kind="share").to_dict()["description"]
    assert said in described
    assert "%" in described
