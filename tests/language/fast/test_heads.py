"""Many heads on one product: packed and unpacked, known and unknown n-grams, odd posts."""

from __future__ import annotations

import numpy as np
import pytest

from outlisten.language.fast import TASKS, scores
from outlisten.language.fast.heads import Heads, pack, sigmoid, softmax, unpack
from outlisten.language.fast.scoring import as_trained
from outlisten.language.features import Recipe, grams
from outlisten.language.normalisation import fold
from outlisten.language.phrases import KINDS

RECIPE = Recipe(8, (1, 2), ())
TWO = (TASKS["sentiment"], TASKS["intent"])
COLUMNS = sum(len(task.labels) for task in TWO)


def made(kept: list[int]) -> tuple[Heads, np.ndarray, np.ndarray, np.ndarray]:
    """Random heads whose rows are the kept buckets: the heads, weights, idf and scale."""
    chance = np.random.default_rng(4)
    rows = np.full(RECIPE.buckets, -1, np.int32)
    rows[kept] = np.arange(len(kept))
    weights = chance.normal(size=(len(kept), COLUMNS)).astype(np.float32)
    idf = chance.uniform(1, 5, len(kept)).astype(np.float16).astype(np.float32)
    bias = chance.normal(size=COLUMNS).astype(np.float32)
    scale = chance.uniform(1, 2, COLUMNS).astype(np.float32)
    thresholds = {"intent": np.full(9, 0.5, np.float32)}
    cues = chance.normal(size=(len(KINDS), COLUMNS)).astype(np.float32)
    return (
        Heads(TWO, RECIPE, rows, np.zeros((0, 0), np.float32), cues, bias, 10.0, thresholds),
        weights,
        idf,
        scale,
    )


def test_the_chances_are_those_of_the_formula() -> None:
    text = "不好不好吃"
    kept = sorted(set(grams(fold([text]), RECIPE).buckets.tolist()))[::2]
    heads, weights, idf, scale = made(kept)
    read = unpack(pack(heads, weights, idf, scale))
    sums = (weights * idf[:, None]).sum(axis=0)
    logits = (sums / np.sqrt(10 + np.square(idf).sum()) + heads.cues[2]) * scale + heads.bias
    found = read.chances(fold([text]), np.eye(len(KINDS), dtype=np.float32)[[2]])
    assert found["sentiment"][0] == pytest.approx(softmax(logits[None, :3])[0], abs=0.02)
    assert found["intent"][0] == pytest.approx(sigmoid(logits[3:]), abs=0.02)
    assert read.thresholds["intent"].tolist() == [0.5] * 9


def test_a_post_of_unknown_ngrams_has_the_chances_of_the_bias() -> None:
    heads, weights, idf, scale = made([0])
    read = unpack(pack(heads, weights, idf, scale))
    found = read.chances(fold(["", "zq"]), np.zeros((2, len(KINDS)), np.float32))["sentiment"]
    assert np.allclose(found, softmax(heads.bias[None, :3]), atol=1e-6)


def test_chances_of_one_label_sum_to_one_and_others_lie_between_nought_and_one() -> None:
    found = scores(["客服不理人", "love it"], ["zh", "en"])
    assert set(found) == set(TASKS)
    for name, task in TASKS.items():
        values = found[name].values
        assert found[name].labels == task.labels
        assert values.shape == (2, len(task.labels))
        assert ((values >= 0) & (values <= 1)).all()
        if task.exclusive:
            assert values.sum(axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_what_is_not_read_is_not_a_number() -> None:
    found = scores(["Hola, muy bien", "好", "😀"], ["es", "en", None])
    assert all(np.isnan(one.values).all() for one in found.values())


def test_sequences_of_different_lengths_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="1 texts came with 0 languages"):
        scores(["a"], [])


def test_traditional_characters_are_read_as_simplified_ones() -> None:
    traditional, simplified = scores(["這個電池太差了", "这个电池太差了"], ["zh", "zh"])["sentiment"].values
    assert traditional.tolist() == pytest.approx(simplified.tolist())


def test_characters_beyond_the_basic_plane_stay() -> None:
    assert as_trained(fold(["𠮷野家😀"]), "zh").codes.tolist() == fold(["𠮷野家😀"]).codes.tolist()
