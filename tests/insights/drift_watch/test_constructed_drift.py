"""What was made to drift is found, for what it is."""

from __future__ import annotations

import numpy as np
import pytest

from outlisten.insights.drift_watch.comparing import compared
from outlisten.insights.drift_watch.labelled import Judged
from outlisten.insights.drift_watch.reading import Read
from outlisten.insights.drift_watch.stability import population_stability, shift

from .conftest import drawn

SIZE = 600
SEEDS = range(20)


def weighted(pool: Read, seed: int, weights: np.ndarray) -> Read:
    """A window in which some posts are likelier than others."""
    random = np.random.default_rng(seed)
    return drawn(pool, random.choice(pool.n, SIZE, p=weights / weights.sum()))


def even(pool: Read) -> np.ndarray:
    """Half Chinese, half English."""
    return np.array([{"zh": 1 / (pool.langs == "zh").sum(), "en": 1 / (pool.langs == "en").sum()}.get(lang, 0)
                     for lang in pool.langs.tolist()])  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_another_mix_of_languages(pool: Read, seed: int) -> None:
    before = weighted(pool, seed, even(pool))
    now = weighted(pool, seed + 100, even(pool) * np.where(pool.langs == "zh", 9, 1))
    everything = compared(before, now, {})[0]
    assert (everything["lang"], everything["state"]) == (None, "again")
    assert everything["mix_psi"] > 0.25


@pytest.mark.parametrize(("lang", "more"), [("zh", 0), ("en", 2)])
@pytest.mark.parametrize("seed", SEEDS)
def test_other_tones_in_one_language_only(pool: Read, seed: int, lang: str, more: int) -> None:
    """Chinese posts with more complaint, English ones with more praise; each language stays half of the posts."""
    others = even(pool) * np.where((pool.langs == lang) & (pool.tones == more), 8, 1)
    for one in ("zh", "en"):
        others[pool.langs == one] /= others[pool.langs == one].sum()
    rows = {
        row["lang"]: row
        for row in compared(weighted(pool, seed, even(pool)), weighted(pool, seed + 100, others), {})
    }
    assert rows[lang]["tone_psi"] > 0.25
    assert rows[lang]["state"] == "again"
    assert {row["state"] for name, row in rows.items() if name != lang} == {"fine"}


@pytest.mark.parametrize("seed", SEEDS)
def test_posts_the_model_is_less_sure_of(pool: Read, seed: int) -> None:
    unsure = np.where(pool.chances < 0.6, 6, 1)
    before = weighted(pool, seed, np.ones(pool.n))
    now = weighted(pool, seed + 100, np.ones(pool.n) * unsure)
    english = next(row for row in compared(before, now, {}) if row["lang"] == "en")
    assert english["confidence_psi"] > 0.25
    assert english["state"] == "again"
    assert english["cannot_tell"] > before.of("en").untold


def test_posts_read_less_rightly_than_the_chances_promise(pool: Read) -> None:
    before, now = weighted(pool, 1, np.ones(pool.n)), weighted(pool, 2, np.ones(pool.n))
    row = next(
        row for row in compared(before, now, {"en": Judged(100, 55, 78.0, 16.0)}) if row["lang"] == "en"
    )
    assert (row["state"], row["falls_short"], row["right"], row["promised"]) == ("again", True, 0.55, 0.78)
    assert row["low"] < 0.55 < row["high"] < row["promised"]


def test_few_labels_say_nothing(pool: Read) -> None:
    before, now = weighted(pool, 1, np.ones(pool.n)), weighted(pool, 2, np.ones(pool.n))
    row = next(row for row in compared(before, now, {"en": Judged(29, 5, 24.0, 4.0)}) if row["lang"] == "en")
    assert "right" not in row
    assert (row["labels"], row["falls_short"], row["state"]) == (29, False, "fine")


def test_few_posts_say_nothing(pool: Read) -> None:
    few = drawn(pool, np.flatnonzero(pool.langs == "zh")[:199])
    assert [row["state"] for row in compared(few, few, {})] == ["few", "few"]


def test_the_index_by_hand() -> None:
    """Shares of one half and one half against 0.8 and 0.2: 0.3 · ln 1.6 + 0.3 · ln 2.5."""
    before, now = np.array([5_000.0, 5_000.0]), np.array([8_000.0, 2_000.0])
    assert population_stability(before, now) == pytest.approx(0.3 * np.log(1.6) + 0.3 * np.log(2.5), abs=1e-3)
    assert population_stability(before, before) == 0
    assert not shift(before[:1], now[:1], (100, 100), 0.01).real
    assert not shift(before / 1_000, now / 1_000, (10, 10), 0.01).real
    assert shift(before / 10, now / 10, (1_000, 1_000), 0.01).large
