"""Without drift the watch keeps quiet: how often it does not is counted over many draws."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from outlisten.insights.drift_watch.comparing import FALSE_ALARMS, compared
from outlisten.insights.drift_watch.labelled import Judged
from outlisten.insights.drift_watch.reading import Read

from .conftest import drawn

DRAWS = 1_000
# Three standard errors above the rate that is stated: 0.01 + 3·√(0.01·0.99/1000).
MOST = FALSE_ALARMS + 3 * (FALSE_ALARMS * (1 - FALSE_ALARMS) / DRAWS) ** 0.5


@pytest.mark.parametrize("size", [250, 800])
def test_two_draws_from_the_same_posts_alarm_no_more_often_than_is_stated(pool: Read, size: int) -> None:
    random, states = np.random.default_rng(size), Counter[str]()
    for _ in range(DRAWS):
        before, now = (drawn(pool, random.choice(pool.n, size)) for _side in range(2))
        found = {row["state"] for row in compared(before, now, {})}
        states["alarm" if found & {"watch", "again"} else "quiet"] += 1
    assert states["quiet"] + states["alarm"] == DRAWS
    assert states["alarm"] / DRAWS <= MOST


def test_the_bound_of_chance_is_passed_as_often_as_is_stated_and_not_never(pool: Read) -> None:
    """Without the customary limit, which large windows never reach by chance: the bound itself is neither slack nor tight."""
    random, passed = np.random.default_rng(1), 0
    for _ in range(DRAWS):
        before, now = (drawn(pool, random.choice(pool.n, 800)) for _side in range(2))
        rows = compared(before, now, {})
        passed += any(
            row[f"{name}_psi"] > row[f"{name}_chance"]
            for row in rows
            for name in ("mix", "tone", "confidence")
            if f"{name}_psi" in row
        )
    assert 0.002 <= passed / DRAWS <= MOST


def test_chances_that_hold_are_called_short_no_more_often_than_is_stated() -> None:
    random, short = np.random.default_rng(5), 0
    for _ in range(5_000):
        chances = random.uniform(0.35, 0.99, 120)
        right = int((random.random(120) < chances).sum())
        judged = Judged(120, right, float(chances.sum()), float((chances * (1 - chances)).sum()))
        short += judged.falls_short(0.01)
    assert 0.003 <= short / 5_000 <= 0.0145


def test_one_author_who_writes_half_of_a_window_is_no_drift(pool: Read) -> None:
    """Two hundred posts of one person are one voice, whatever they say."""
    random = np.random.default_rng(2)
    rows = random.choice(pool.n, 400)
    before, now = drawn(pool, rows), drawn(pool, random.choice(pool.n, 400))
    loud = np.where(np.arange(400) < 200, 0, now.authors + 1)
    tones = np.where(loud == 0, 2, now.tones)
    crowd = Read(now.langs, np.arange(400), tones, now.chances)
    assert _tone(before, crowd)["state"] == "again"
    assert _tone(before, Read(now.langs, loud, tones, now.chances))["state"] == "fine"


def _tone(before: Read, now: Read) -> dict[str, object]:
    return next(row for row in compared(before, now, {}) if row["lang"] == "en")
