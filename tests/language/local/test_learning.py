"""Learning from few labels: what is known to be wrong is mended, and noise is not taken for help."""

from __future__ import annotations

import json

import numpy as np
import pytest

from outlisten.language.local import LocalReading, TextSpace, fit
from outlisten.language.local.regression import balancing, regress, softmax

LABELS = ("negative", "neutral", "positive")


def posts(n: int, seed: int, sharpness: float = 1.0):
    """Made-up posts: a calibrated model's chances, the truth drawn from them, then the chances sharpened."""
    rng = np.random.default_rng(seed)
    chances = softmax(rng.normal(0, 1.5, (n, 3)))
    truth = np.array([rng.choice(3, p=row) for row in chances])
    return softmax(np.log(chances) * sharpness), truth, [f"post {k}" for k in range(n)]


def test_overconfidence_is_mended_and_the_mending_holds_on_posts_never_seen() -> None:
    chances, truth, texts = posts(200, 1, sharpness=4.0)
    found = fit(LABELS, chances, truth, texts)
    assert found.helps
    assert found.after.error < found.before.error
    fresh, fresh_truth, fresh_texts = posts(3000, 2, sharpness=4.0)
    _, trusted = found.reading.read(fresh, fresh_texts)
    rows = np.arange(3000)
    assert (
        -np.log(trusted[rows, fresh_truth]).mean()
        < -np.log(np.maximum(fresh[rows, fresh_truth], 1e-9)).mean()
    )
    assert found.reading.trust.scale == pytest.approx(0.25, abs=0.12)


def test_a_model_that_is_right_already_is_left_alone_nearly_always() -> None:
    helped = sum(fit(LABELS, *posts(120, seed)).helps for seed in range(20))
    assert helped <= 2


def test_words_that_mean_something_here_are_learned() -> None:
    rng = np.random.default_rng(3)
    words = {0: ["油耗高得吓人", "顶不住了"], 1: ["今天提车", "请问价格"], 2: ["推背感十足", "稳如老狗"]}

    def some(n):
        truth = rng.integers(0, 3, n)
        return truth, [f"{rng.choice(words[k])} {rng.integers(10**6)} {rng.choice(words[k])}" for k in truth]

    _, unlabelled = some(600)
    space = TextSpace.of(unlabelled)
    truth, texts = some(150)
    flat = np.full((150, 3), 1 / 3) + rng.normal(0, 0.01, (150, 3))
    found = fit(LABELS, flat / flat.sum(1, keepdims=True), truth, texts, space)
    assert found.reading.decides
    assert found.recall_after > 0.9
    assert found.recall_gain.low > 0.3


def test_what_was_learned_survives_being_kept() -> None:
    chances, truth, texts = posts(150, 5, sharpness=3.0)
    space = TextSpace.of([f"好的 post number {k} about tea {k % 7}" for k in range(400)])
    found = fit(LABELS, chances, truth, texts, space).reading
    back = LocalReading.from_json(json.loads(json.dumps(found.as_json())))
    for one, two in zip(found.read(chances, texts), back.read(chances, texts), strict=True):
        assert one == pytest.approx(two, abs=0.01)


def test_posts_that_were_not_drawn_at_random_teach_and_are_not_measured_on() -> None:
    chances, truth, texts = posts(200, 6, sharpness=3.0)
    random = np.arange(200) < 120
    assert fit(LABELS, chances, truth, texts, random=random).n == 120
    with pytest.raises(ValueError, match="100 random"):
        fit(LABELS, chances, truth, texts, random=np.arange(200) < 90)


def test_each_label_needs_a_few_posts() -> None:
    chances, truth, texts = posts(150, 7)
    with pytest.raises(ValueError, match="5 of each"):
        fit(LABELS, chances, np.minimum(truth, 1), texts)


def test_too_few_posts_make_no_space_and_a_text_without_words_lies_nowhere() -> None:
    assert TextSpace.of(["a"] * 1000) is None
    space = TextSpace.of([f"tea {k} 茶" for k in range(400)])
    assert not space.places(["", "‍"]).any()


def test_without_labels_to_say_otherwise_the_model_stands() -> None:
    offset = np.array([[1.0, 0.0, -1.0]] * 3)
    made = regress(offset, np.zeros((3, 0)), np.array([0, 1, 2]), balancing(np.array([0, 1, 2]), 3), 1.0, 1e6)
    assert made.scale == pytest.approx(1.0, abs=1e-3)
    assert made.bias == pytest.approx(0.0, abs=1e-3)
