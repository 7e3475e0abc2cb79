"""One post in detail: what is kept, the chances behind it, and the words that speak for it."""

from __future__ import annotations

import pytest

from outlisten.language import read_one
from outlisten.language.detail import details, read_in_detail


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("客服态度太差了，打了三次电话都不解决", None),
        ("Love the new app!", "My review"),
        ("", None),
        ("😀", None),
    ],
)
def test_the_reading_is_the_one_that_is_kept(text: str, title: str | None) -> None:
    assert read_in_detail(text, title).reading == read_one(text, title)


def test_the_chances_are_sorted_and_the_first_is_the_label() -> None:
    for text in ("Love the new app!", "客服态度太差了"):
        detail = read_in_detail(text)
        for task, label in (("sentiment", detail.reading.sentiment), ("emotion", detail.reading.emotion)):
            chances = detail.chances[task]
            assert next(iter(chances)) == label
            assert list(chances.values()) == sorted(chances.values(), reverse=True)


@pytest.mark.parametrize("text", ["", "https://a.example/x", "Hola, ¿cómo estás?", "a" * 1_000_000])
def test_what_is_not_read_has_no_chances(text: str) -> None:
    detail = read_in_detail(text)
    assert bool(detail.chances) == (detail.reading.sentiment is not None)


def test_a_marker_and_a_sign_stand_where_their_words_are() -> None:
    text = "【广告】新品上市，点击链接立即购买"
    detail = read_in_detail(text)
    assert [text[one.start : one.end] for one in detail.markers] == [one.words for one in detail.markers]
    assert [text[one.start : one.end] for one in detail.signs] == [one.words for one in detail.signs]
    assert detail.voice == "paid"


def test_several_posts_are_read_as_each_alone() -> None:
    texts = ["客服态度太差了", "Love the new app!", "Hola"]
    assert [one.reading.sentiment for one in details(texts)] == [read_one(text).sentiment for text in texts]


def test_what_is_said_of_whom_goes_by_the_language_of_the_post() -> None:
    text = "海港的屏幕很好，但是银杉的电池太差"
    found = read_in_detail(text, names=("海港",), others=("银杉",)).targets
    assert [(one.name, one.kind, one.sentiment) for one in found] == [
        ("海港", "brand", "positive"), ("screen", "aspect", "positive"),
        ("银杉", "brand", "negative"), ("battery", "aspect", "negative"),
    ]  # fmt: skip
    assert read_in_detail("The battery is terrible", lang_given="de").targets[0].sentiment is None


def test_the_name_of_another_brand_is_none_of_our_own() -> None:
    text = "Gifted by Loop"
    ours, others = read_in_detail(text, names=("Loop",)), read_in_detail(text, others=("Loop",))
    assert others.markers == read_in_detail(text).markers
    assert [one.name for one in others.targets] == [one.name for one in ours.targets] == ["Loop"]
