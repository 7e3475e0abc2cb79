from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.query.drawn import ENTITIES, JOINS, WORDS

from outlisten.query import highlights, parse
from outlisten.query.location import locate
from outlisten.query.tokens import GAP, stream_items

MARKED = [
    ("充电宝", "买了充 电 宝，充电宝好", ["充 电 宝", "充电宝"]),
    ("apple OR café", "APPLE Café cafe\u0301s cafe\u0301", ["APPLE", "Café", "cafe\u0301"]),
    ("蘋果 -坏", "苹果坏了", ["苹果"]),
    ("coca-cola", "a Coca. Cola!", ["Coca. Cola"]),
    ("充电 电宝", "充电宝", ["充电宝"]),
    ("#双十一 OR @bob OR [怒]", "#双十一# @Bob [怒] 双十一", ["#双十一#", "@Bob", "[怒]"]),
    ("双十一", "#双十一#", ["双十一"]),
    ("link:weibo.com", "看https://m.weibo.com/1 好", ["https://m.weibo.com/1"]),
    ("👍", "好👍🏻👨‍👩‍👧", ["👍🏻"]),
    ("iphone", "ｉＰｈｏｎｅ\u200b", ["ｉＰｈｏｎｅ"]),
    ("battery NEAR/1 (swell* OR hot)", "battery swelling. One hot day, no battery", ["battery", "swelling"]),
    ("苹果 NOT NEAR/3 (吃 OR 甜)", "吃了苹果，换了新手机，去了苹果官网", ["苹果"]),
    ("ATLEAST/2(降价)", "降价了，又降价", ["降价", "降价"]),
    ("ATLEAST/3(降价)", "降价了，又降价", []),
    ("{US} OR 词:服务", "the US us 产品和服务", ["US", "服务"]),
    ('"not working"~1', "working? really not", ["working", "not"]),
    ("充*宝", "充了电的宝，充宝", ["充了电的宝", "充宝"]),
    ("{weibo}", "看https://weibo.com/1", ["weibo"]),
    ("lang:zh", "中文", []),
    ("(坏的查询", "坏的查询", []),
]


@pytest.mark.parametrize(("typed", "text", "marked"), MARKED)
def test_what_matches_is_marked_in_the_original_words(typed: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in highlights(parse(typed), None, text).text] == marked


def test_title_and_body_are_marked_apart() -> None:
    found = highlights(parse("title:降价 OR text:好 OR 全场"), "全场降价", "降价好全场")
    assert (found.title, found.text) == ([(0, 2), (2, 4)], [(2, 3), (3, 5)])


@given(st.lists(st.sampled_from(WORDS + ENTITIES + JOINS), max_size=12).map("".join) | st.text(max_size=30))
@settings(max_examples=400, deadline=None, derandomize=True)
def test_every_token_has_a_place_and_is_cut_again_from_it(text: str) -> None:
    located = locate(text)
    assert located.items == stream_items(text)
    ends = [0, *(end for _, end in located.spans)]
    assert ends == sorted(ends)
    for item, (start, end) in zip(located.items, located.spans, strict=True):
        assert item == GAP or 0 <= start < end <= len(text)
