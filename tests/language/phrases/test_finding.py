"""Phrases with their places: quoted, denied and overlapping words, titles, any script, hostile texts."""

from __future__ import annotations

from itertools import pairwise

import pytest

from outlisten.language.phrases import find_phrases


def kinds(text: str, title: str | None = None) -> list[str]:
    return [phrase.kind for phrase in find_phrases(text, title)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第三次打电话了，请尽快退款！", ["contacted", "help"]),
        ("請問這款幾時補貨？有貨嘅話今晚就下單", ["inquiry", "inquiry", "purchase"]),
        ("部充電器冒煙，點算", ["safety", "help"]),
        ("会员到月底就不续了，已经转投别家", ["leaving", "leaving"]),
        ("I have called five times. Who do I call about the leak?", ["contacted", "help"]),
        ("Worst service ever, I'm cancelling my subscription", ["complaint", "leaving"]),
        ("今天天气不错，公园里人很多", []),
        ("We walked along the river and had lunch", []),
    ],
)
def test_several_kinds_stand_in_one_post(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "押金一直不退，打了三次没人接",
        "Ｃａｎ ｓｏｍｅｂｏｄｙ ｈｅｌｐ？ 求助",
        "I’ll take two 🙏🏽 please help",
    ],
)
def test_words_are_those_of_the_span_as_written(text: str) -> None:
    found = find_phrases(text)
    assert found
    assert all(phrase.words == text[phrase.start : phrase.end] for phrase in found)


def test_with_a_title_spans_count_title_line_break_and_text() -> None:
    title, text = "求助", "手柄一直往左飘。怎么办"
    found = find_phrases(text, title)
    whole = f"{title}\n{text}"
    assert [whole[one.start : one.end] for one in found] == ["求助", "怎么办"]


@pytest.mark.parametrize(
    "text",
    [
        "他们的广告写着「请问有什么可以帮您」",
        "海报上印着“再也不来了”四个字",
        'The sign says "please help yourself" in red',
        "标题叫《谁能帮我》",
    ],
)
def test_quoted_words_are_not_the_writers(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("plain", "denied"), [("客服真的太耐心", "客服不是太耐心"), ("It is so lovely", "It is not so lovely")]
)
def test_denied_praise_is_none(plain: str, denied: str) -> None:
    assert "praise" in kinds(plain)
    assert "praise" not in kinds(denied)


def test_of_overlapping_phrases_of_a_kind_the_longest_stays() -> None:
    found = find_phrases("Could somebody please tell me what should I do now")
    assert len({(one.start, one.end) for one in found}) == len(found)
    for one, other in pairwise(found):
        assert one.kind != other.kind or one.end <= other.start


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "？", "🙂" * 5_000, "https://example.com/help?please=help", "\ud800求助\udfff", "\0\0", "а" * 1_000_000,
        "请问" * 500_000, "如果能加个" * 200_000, "can you " * 100_000, "“" * 1_000_000, "第三次" * 300_000,
        "不" * 1_000_000, "the my our " * 90_000, "\n" * 1_000_000,
    ],
    ids=lambda text: ascii(text[:12]),
)  # fmt: skip
def test_any_text_is_borne(text: str) -> None:
    for phrase in find_phrases(text):
        assert phrase.words == text[phrase.start : phrase.end]
