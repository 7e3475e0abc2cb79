"""Settings of the fit are chosen on development posts: a test text never plays a part."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from outlisten.language import model_card

pytest.importorskip("scipy", reason="scipy is only needed to train")
TRAINING = str(Path(__file__).parents[2] / "training")


@pytest.fixture
def selection(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The scripts in training/, which import one another by their bare names."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(TRAINING)
    import select_settings

    yield select_settings
    for name in set(sys.modules) - before:
        if TRAINING in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


def part(selection: Any, split: str, texts: list[str]) -> Any:
    return selection.Part("shop", split, "zh", tuple((text, 0) for text in texts))


TEXTS = [f"快递到了第{n}天才有人回复" for n in range(60)] + [f"box {n} came broken" for n in range(60)]


def test_no_text_is_trained_and_scored_while_choosing(selection: Any) -> None:
    tune, test = part(selection, "dev", ["tuning text"]), part(selection, "held", ["测试的句子"])
    sets = selection.Sets([(part(selection, "train", TEXTS), "posts")], tune, [test], [])
    found = selection.development(sets, {("shop", "train"): "accuracy"})
    trained = {text for text, _ in found.train.train[0][0].rows}
    scored = {text for text, _ in found.scored[0][0].rows}
    assert trained | scored == set(TEXTS)
    assert not trained & scored
    assert found.train.test == []


def test_a_value_must_beat_the_plainest_by_the_margin(selection: Any) -> None:
    def score(settings: Any) -> float:
        barely = 0.001 if settings.smoothing == 1500 else 0.0
        return 0.5 + barely + (0.01 if settings.stance_weight else 0.0)

    settings, trials = selection.select("zh", score)
    assert (settings.smoothing, settings.stance_weight) == (500, 0.1)
    assert [trial.value for trial in trials if trial.chosen and trial.setting == "stance_weight"] == ["0.1"]


def test_no_part_scored_while_choosing_is_one_the_card_tests_on(selection: Any) -> None:
    tested = {(use.set, use.split) for use in model_card().data if use.use == "test"}
    assert not tested & {name for parts in selection.MEASURED.values() for name in parts}


def test_the_card_shows_one_value_taken_of_every_setting(selection: Any) -> None:
    for lang, settings in selection.CANDIDATES.items():
        taken = [trial.setting for trial in model_card().trials if trial.lang == lang and trial.chosen]
        assert taken == list(settings)
