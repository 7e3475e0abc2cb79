"""Where words stand: the places that NEAR, ATLEAST, wildcards and loose phrases are decided on."""

from __future__ import annotations

import pytest

from outlisten.query import matches, parse
from outlisten.query.spans import spans, times
from outlisten.query.view import View

# Query, text, the items of the stream that each place covers.
PLACES = [
    ("充*宝", "充了电的宝", ["充 了 电 的 宝"]),
    ("充??宝", "充了电宝", ["充 了 电 宝"]),
    ("充*宝", "充电，宝", []),
    ("我的charg*坏", "我的 Charger坏了", ["我 的 charger 坏"]),
    ("charg*，充电", "charging，充电", ["charging | 充 电"]),
    ('"电 好"~2', "好的电", ["好 的 电"]),
    ('"好 好"~1', "好电好", ["好 电 好"]),
    ('"好 好"~1', "好", []),
    ("苹 NEAR/0 果", "果苹", ["果 苹"]),
    ("苹 NEAR/0f 果", "果苹", []),
    ("苹 NEAR/0 果", "苹，果", []),
    ("苹 NEAR/1 果", "苹，果", ["苹 | 果"]),
    ("充电 NEAR/3 电宝", "充电宝", []),
    ("苹果 NOT NEAR/0 苹果醋", "苹果醋和苹果", ["苹 果"]),
    ("a NEAR/p b", "a x. b\nb", ["a x b"]),
    ("a NEAR/s b", "a x. b a", ["b a"]),
    ("(a NEAR/1 b) NEAR/1 c", "b x a y c", ["b x a y c"]),
    ("{Tag} NEAR/2 好", "#Tag# 好", ["tag | 好"]),
    ("#双十一 NEAR/2 好", "，双十一好 #双十一#好", ["双 十 一 | 好", "好 | 双 十 一"]),
    ("word:和服 NEAR/0 好", "产品和服务好，和服好", ["和 服 好"]),
]


@pytest.mark.parametrize(("typed", "text", "covered"), PLACES)
def test_a_part_stands_where_it_should(typed: str, text: str, covered: list[str]) -> None:
    tree, view = parse(typed).tree, View({"text": text})
    assert tree is not None
    assert sorted(" ".join(view.items[low:high]) for low, high in spans(tree, view)) == sorted(covered)


def test_nothing_is_near_across_title_and_body() -> None:
    post = {"title": "降价", "text": "退款"}
    assert not matches(parse("降价 NEAR/100 退款"), post)
    assert not matches(parse('"降价 退款"~50'), post)
    assert matches(parse("降价 NOT NEAR/100 退款"), post)


def test_what_overlaps_is_counted_once() -> None:
    assert times({(0, 3), (2, 4), (3, 5), (4, 6)}) == 2
    assert matches(parse("ATLEAST/2(妈妈)"), {"text": "妈妈妈妈"})
    assert not matches(parse("ATLEAST/2(妈妈)"), {"text": "妈妈妈"})


def test_title_and_body_are_added_up() -> None:
    assert matches(parse("ATLEAST/2(降价)"), {"title": "降价", "text": "又降价"})
    assert not matches(parse("title:(ATLEAST/2(降价))"), {"title": "降价", "text": "又降价"})


def test_words_given_with_a_post_decide_what_is_a_word() -> None:
    assert matches(parse("词:和服"), {"text": "这家和服店", "words": ["这家", "和服", "店"]})
    assert not matches(parse("词:和服"), {"text": "这家和服店", "words": ["这家", "和服店"]})


def test_exact_forms_are_looked_for_in_the_whole_original_text() -> None:
    for text in ("看https://e.com/US/x", "@US 好", "#US#", "to the US."):
        assert matches(parse("{US}"), {"text": text}), text
    for text in ("USB", "us", "ＵＳ", "U\u200bS", "US\u0301"):
        assert not matches(parse("{US}"), {"text": text}), text


def test_a_quoted_post_is_found_by_its_own_words_only() -> None:
    post = {"text": "看看这个", "quoted": "充电宝又坏了"}
    assert matches(parse("quoted:(充电宝 NEAR/2 坏)"), post)
    assert not matches(parse("充电宝"), post)


@pytest.mark.parametrize("unseen", ["\u200b", "\u202e", "\u2066", "\u061c", "\ufeff"])
def test_an_exact_form_is_no_part_of_a_word_that_only_looks_cut(unseen: str) -> None:
    for typed, text in (("raw:U.S.", f"iPhone15{unseen}U.S."), ("{苹果A}", f"苹果A{unseen}b")):
        assert not matches(parse(typed), {"text": text})
        assert matches(parse(typed), {"text": f"{unseen}{typed.removeprefix('raw:').strip('{}')}{unseen}"})
