"""Wildcards on kept posts: the index's own dictionary says what they stand for."""

from __future__ import annotations

import pytest
from tests.query.kept import found, table

from outlisten.posts import PostStore
from outlisten.posts.errors import TooBroad
from outlisten.query import Context, parse
from outlisten.query.limits import Limits

POSTS: list[dict[str, object]] = [
    {"text": "the charger"}, {"text": "charging 充电"}, {"text": "overcharged"}, {"title": "Chargers", "text": "x"},
]  # fmt: skip


@pytest.fixture
def kept(store: PostStore) -> PostStore:
    store.add(table(POSTS))
    return store


@pytest.mark.parametrize(
    ("typed", "places"),
    [("charg*", {0, 1, 3}), ("charge?", {0}), ("charger?", {3}), ("-charg*", {2}), ("title:charg*", {3}), ("zzz*", set())],
)  # fmt: skip
def test_a_wildcard_finds_every_word_it_stands_for(kept: PostStore, typed: str, places: set[int]) -> None:
    assert found(kept, parse(typed)) == places


def test_words_of_posts_that_come_later_are_found_too(kept: PostStore) -> None:
    assert found(kept, parse("chargeab*")) == set()
    kept.add(table([*POSTS, {"text": "is it chargeable?"}]))
    assert found(kept, parse("chargeab*")) == {4}


def test_a_wildcard_for_too_many_words_says_which_are_most_frequent(kept: PostStore) -> None:
    query = parse("charg*", Context(limits=Limits(expansion=2)))
    with pytest.raises(TooBroad) as broad:
        kept.count(query)
    assert broad.value.message.code == "E305"
    assert "charger (1)" in broad.value.text("en")
    assert "charger (1)" in broad.value.text("zh-hans")
