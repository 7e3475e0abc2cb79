"""Folding and hashed n-grams: what makes two posts the same to the model."""

from __future__ import annotations

import pytest

from outlisten.language.features import CHUNK, Recipe, grams
from outlisten.language.normalisation import ADDRESS, MENTION, fold, fold_joined

RECIPE = Recipe(18, characters=(1, 2, 3), words=(1, 2))


def features(text: str, recipe: Recipe = RECIPE) -> set[int]:
    return set(grams(fold([text]), recipe).buckets.tolist())


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("Tom &amp; Jerry", "tom & jerry"),
        ("看https://t.example/x?y=1这个", f"看{ADDRESS}这个"),
        ("@Anna-B hello", f"{MENTION} hello"),
        ("a \n\t  b", "a b"),
        ("\ud83d", "\ufffd"),
    ],
)
def test_a_text_is_folded(written: str, folded: str) -> None:
    assert fold_joined(written) == folded


def test_long_runs_of_a_character_count_as_three() -> None:
    assert features("哈哈哈哈哈哈哈") == features("哈哈哈")
    assert features("soooooo") != features("so")


def test_the_number_of_features_is_the_number_of_distinct_ngrams() -> None:
    assert len(features("我爱我家", Recipe(18, (1, 2), ()))) == 3 + 3
    assert len(features("good good food", Recipe(18, (), (1, 2)))) == 2 + 2


def test_a_word_and_the_same_letters_are_two_features() -> None:
    words, letters = Recipe(18, (), (1,)), Recipe(18, (3,), ())
    assert not features("not", words) & features("not", letters)


def test_a_feature_does_not_depend_on_where_it_stands() -> None:
    alone = features("差评", Recipe(18, (2,), ()))
    assert alone <= features("这个真的要给差评了", Recipe(18, (2,), ()))


def test_no_ngram_crosses_from_one_post_into_the_next() -> None:
    both = grams(fold(["ab", "cd"]), RECIPE)
    first, second = both.buckets[: both.starts[1]], both.buckets[both.starts[1] :]
    assert set(first.tolist()) == features("ab")
    assert set(second.tolist()) == features("cd")


def test_features_are_the_same_however_a_batch_is_cut() -> None:
    posts = ["", "很好" * 400, "not bad", "\0", "x" * 1999] * (2 * CHUNK // 1000)
    found = grams(fold(posts), RECIPE)
    for post in (0, 1, 2, 3, 4, len(posts) - 4, len(posts) - 1):
        buckets = found.buckets[found.starts[post] : found.starts[post + 1]]
        assert set(buckets.tolist()) == features(posts[post])
