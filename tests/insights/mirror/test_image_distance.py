"""The distance between self-image and customer image, where the truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from outlisten.insights import keyness
from outlisten.insights.mirror import image_distance
from outlisten.insights.mirror.distance import divergence
from outlisten.query import parse

COMPANY, CUSTOMERS = parse("voice:owned"), parse("voice:earned")
WORDS = [f"word{chr(97 + at)}" for at in range(24)]
HAN = ["排队", "叫号", "热情", "干净", "好喝", "涨价", "分店", "等位", "座位", "外卖", "发票", "优惠"]


def texts(words, n, seed, voice):
    """That many posts, each of six words drawn at random, by one account or by people."""
    rng = np.random.default_rng(seed)
    name = {"author_id": "us"} if voice == "owned" else {}
    return [
        {"text": " ".join(rng.choice(words, 6)), "voice": voice, **name} for _ in range(n)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [([1, 1], [1, 1], 0.0), ([1, 0], [0, 1], 1.0), ([4, 4], [1, 1], 0.0), ([1, 0], [1, 1], 0.3113)],
)
def test_the_divergence_is_that_of_the_formula(ours, theirs, expected):
    assert divergence(ours, theirs) == pytest.approx(expected, abs=1e-4)
    assert divergence(theirs, ours) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("words", [WORDS, HAN])
def test_other_words_are_far_and_surely_so(fill, words):
    half = len(words) // 2
    store = fill(*texts(words[:half], 60, 1, "owned"), *texts(words[half:], 120, 2, "earned"))
    found = image_distance(store, COMPANY, CUSTOMERS)
    assert found.distance.value > 0.9
    assert found.floor.value < 0.3
    assert found.apart


def test_the_same_words_are_no_further_than_customers_among_themselves(fill):
    apart = 0
    for seed in range(5):
        owned, earned = texts(WORDS, 60, 10 + seed, "owned"), texts(WORDS, 120, 50 + seed, "earned")
        for post in (*owned, *earned):
            post["to"] = f"shop{seed}"
        store = fill(*[{**post, "native_id": f"{seed}-{at}"} for at, post in enumerate((*owned, *earned))])
        mine = [parse(f"to:shop{seed} voice:{voice}") for voice in ("owned", "earned")]
        found = image_distance(store, *mine)
        assert abs(found.excess.value) < 0.1
        apart += found.apart
    assert apart == 0


def test_an_answer_sent_a_hundred_times_is_one_text(fill):
    store = fill(
        *({"text": "Please open a ticket", "voice": "owned", "author_id": "us"} for _ in range(100)),
        *texts(WORDS, 80, 3, "earned"),
    )
    found = image_distance(store, COMPANY, CUSTOMERS)
    assert found.texts == 1
    assert found.distance is None


def test_keyness_can_count_a_company_by_its_texts(fill):
    said = [f"please submit ticket {WORDS[at % 24]} {HAN[at % 7]}" for at in range(40)]
    owned = [{"text": text, "voice": "owned", "author_id": "us"} for text in (*said, *said[:9])]
    store = fill(*owned, *texts(HAN, 40, 4, "earned"))
    assert keyness(store, COMPANY, CUSTOMERS).table.num_rows == 0
    rows = keyness(store, COMPANY, CUSTOMERS, counted="texts").table.to_pylist()
    assert max(row["authors"] for row in rows) == 40  # the different texts
