"""Sentiment towards named targets: clauses, comparisons, aspects, another model, hostile texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from outlisten.language.targets import Target, aspect_said, toward, toward_each, worth_telling
from outlisten.language.targets.aspects import aspects
from outlisten.language.targets.scoring import Chances


def by_words(texts: Sequence[str], _lang: str | None) -> Chances:
    """A model so simple that these tests are about the rules: 好 and good, 差 and bad."""
    chances = np.full((len(texts), 3), 0.1, np.float32)
    for row, text in zip(chances, texts, strict=True):
        good = text.count("好") + text.count("good")
        bad = text.count("差") + text.count("bad")
        row[1 if good == bad else 2 if good > bad else 0] = 0.8
    return chances


def said(text: str, names: tuple[str, ...] = (), title: str | None = None) -> dict[str, str | None]:
    return {one.name: one.sentiment for one in toward(text, names, title, score=by_words)}


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("屏幕很好，但是电池太差", (), {"screen": "positive", "battery": "negative"}),
        ("澄海客服好。银杉的太差了", ("澄海", "银杉"), {"澄海": "positive", "service": "positive", "银杉": "negative"}),
        ("螢幕好，續航差，價格還行", (), {"screen": "positive", "battery": "negative", "price": "neutral"}),
        ("The screen is good and the battery is bad", (), {"screen": "positive", "battery": "negative"}),
        ("Loop is good, while Fenwave is bad", ("Loop", "Fenwave"), {"Loop": "positive", "Fenwave": "negative"}),
        ("Delivery was bad but staff were good", (), {"delivery": "negative", "service": "positive"}),
        ("海港不如银杉", ("海港", "银杉"), {"海港": "negative", "银杉": "positive"}),
        ("海港比银杉贵", ("海港", "银杉"), {"海港": "negative", "银杉": "positive", "price": "neutral"}),
        ("海港比银杉稳", ("海港", "银杉"), {"海港": "positive", "银杉": "negative"}),
        ("从海港换到银杉了", ("海港", "银杉"), {"海港": "negative", "银杉": "positive"}),
        ("海港吊打银杉", ("海港", "银杉"), {"海港": "positive", "银杉": "negative"}),
        ("Loop is faster than Fenwave", ("Loop", "Fenwave"), {"Loop": "positive", "Fenwave": "negative"}),
        ("Loop is worse than Fenwave", ("Loop", "Fenwave"), {"Loop": "negative", "Fenwave": "positive"}),
        ("I switched from Loop to Fenwave", ("Loop", "Fenwave"), {"Loop": "negative", "Fenwave": "positive"}),
        ("I prefer Loop over Fenwave", ("Loop", "Fenwave"), {"Loop": "positive", "Fenwave": "negative"}),
        ("Loop beats Fenwave", ("Loop", "Fenwave"), {"Loop": "positive", "Fenwave": "negative"}),
        ("什么都没说", ("海港",), {}),
        ("Nothing of this", ("Loop",), {}),
    ],
)  # fmt: skip
def test_each_target_is_judged_by_what_is_said_of_it(
    text: str, names: tuple[str, ...], expected: dict[str, str]
) -> None:
    assert said(text, names) == expected


def test_a_clause_that_names_nothing_goes_on_about_the_target_before() -> None:
    text = "海港昨天到了，挺好。银杉也到了，用着差"
    found = {one.name: one for one in toward(text, ("海港", "银杉"), score=by_words)}
    assert (found["海港"].sentiment, found["银杉"].sentiment) == ("positive", "negative")
    assert "用着差" in found["银杉"].clause
    assert "用着差" not in found["海港"].clause


def test_spans_are_the_first_mention_and_count_the_title() -> None:
    title, text = "海港测评", "海港好，银杉差"
    whole = f"{title}\n{text}"
    found = toward(text, ("海港", "银杉"), title, score=by_words)
    assert [(one.name, whole[one.start : one.end]) for one in found] == [("海港", "海港"), ("银杉", "银杉")]
    assert found[0].start == 0


def test_the_shipped_head_is_asked_where_no_other_is_passed() -> None:
    found = {one.name: one.sentiment for one in toward("屏幕很好，但是电池太差")}
    assert found == {"screen": "positive", "battery": "negative"}
    found = {one.name: one.sentiment for one in toward("The camera is amazing but the battery is terrible")}
    assert found == {"camera": "positive", "battery": "negative"}


def test_what_no_model_reads_cannot_be_told() -> None:
    found = toward("Loop ist wirklich sehr gut und ich bin damit zufrieden", ("Loop",), lang_given="de")
    assert [(one.name, one.sentiment, one.score) for one in found] == [("Loop", None, None)]


def test_every_aspect_has_words_in_both_languages() -> None:
    for name, words in aspects().items():
        assert any(word.isascii() for word in words), name
        assert any(not word.isascii() for word in words), name


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("海港手机的屏幕很好", {"Harbour": ("海港", "海港手机")}, {"Harbour": "positive", "screen": "positive"}),
        ("银杉差，山谷好", {"银杉": (), "Valley": ("山谷", "银杉")}, {"银杉": "negative", "Valley": "positive"}),
        ("HarbourCafe is bad", {"Harbour": ("harbourcafe",)}, {"Harbour": "negative"}),
        ("The battery is good", {"Battery": ()}, {"Battery": "positive"}),
        ("Valley is good", {"Valley": ("",), "": ("Valley",)}, {"Valley": "positive"}),
    ],
)  # fmt: skip
def test_a_brand_is_known_by_its_other_names(
    text: str, names: dict[str, tuple[str, ...]], expected: dict[str, str]
) -> None:
    found = toward(text, names, score=by_words)
    assert {one.name: one.sentiment for one in found} == expected
    assert {one.name for one in found if one.kind == "brand"} == {one for one in expected if one in names}


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("屏幕很好，但是电池太差", None, {"screen": ["屏幕很好"], "battery": ["但是电池太差"]}),
        ("物流差，， 。包装好。", "电池好", {"battery": ["电池好"], "delivery": ["物流差"], "packaging": ["包装好。"]}),
        ("The screen is good, bright.", None, {"screen": ["The screen is good", "bright."]}),
        ("ﬁne: the screen is good", "Bad", {"screen": ["ﬁne", "the screen is good"]}),
    ],
)  # fmt: skip
def test_the_words_that_speak_for_a_tone_have_their_places(
    text: str, title: str | None, expected: dict[str, list[str]]
) -> None:
    whole = f"{title}\n{text}" if title else text
    found = toward(text, title=title, score=by_words)
    assert {one.name: [whole[slice(*span)] for span in one.spans] for one in found} == expected
    assert all(one.clause == ", ".join(expected[one.name]) for one in found)


def test_many_posts_are_read_as_each_alone() -> None:
    texts = [
        "屏幕很好，但是电池太差",
        "",
        "Loop is good, while Fenwave is bad",
        "Loop ist gut",
        "屏幕差",
    ] * 90
    langs = [None, "zh", "en", "de", "zh"] * 90
    alone = [toward(text, ("Loop",), None, lang) for text, lang in zip(texts[:5], langs[:5], strict=True)]
    found = list(toward_each(texts, [None] * len(texts), langs, ("Loop",)))
    assert [[(one.name, one.sentiment) for one in post] for post in found] == [
        [(one.name, one.sentiment) for one in post] for post in alone * 90
    ]


def target(name: str, sentiment: str | None) -> Target:
    kind = "brand" if name in ("Loop", "海港") else "aspect"
    return Target(name, kind, 0, 1, sentiment, sentiment and 0.8, name, ((0, 1),))


@pytest.mark.parametrize(
    ("targets", "of_post", "told"),
    [
        ([("price", "negative")], "negative", []),
        ([("price", "negative")], "positive", ["price"]),
        ([("price", "negative")], None, ["price"]),
        ([("price", "negative"), ("海港", "negative")], "negative", ["海港", "price"]),
        ([("battery", "positive"), ("Loop", None)], "positive", []),
        ([("battery", None), ("Loop", None)], None, []),
        ([], "negative", []),
    ],
)
def test_targets_are_told_where_they_say_more_than_the_whole(
    targets: list[tuple[str, str | None]], of_post: str | None, told: list[str]
) -> None:
    assert [one.name for one in worth_telling([target(*one) for one in targets], of_post)] == told


def test_every_aspect_has_a_name_in_both_languages() -> None:
    assert all(aspect_said(name, "en") == name for name in aspects())
    assert all(not aspect_said(name, "zh-hans").isascii() for name in aspects())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "？",
        "Loop" * 100_000,
        "Loop " * 100_000,
        "屏幕" * 200_000,
        "Loop比Loop" * 50_000,
        "\ud800Loop",
        "," * 1_000_000,
        "Loop, " * 50_000,
    ],
    ids=lambda text: ascii(text[:8]),
)  # fmt: skip
def test_any_text_is_borne(text: str) -> None:
    for one in toward(text, ("Loop",), score=by_words):
        assert one.start < one.end <= len(text)
