from __future__ import annotations

import pytest

from outlisten.query import parse, rewritten

PASTED = [
    ("((a OR b) AND (c))~5 -d", "((a OR b) NEAR/5 (c)) -d"),
    ("（（苹果 OR 华为） AND 坏）~3", "(（苹果 OR 华为） NEAR/3 坏)"),
    ("[苹果 OR 华为] 坏了", "(苹果 OR 华为) 坏了"),
    ("exactMessage:(Spider-Man)", "text:{Spider-Man}"),
    ("exactTitle:(Mate 60 OR 小米)", "(title:{Mate 60} OR title:{小米})"),
    ('+"Apple Inc" 坏了', "{Apple Inc} 坏了"),
    ("min_faves:100 is:retweet hashtags:sale", "likes:>=100 is:repost #sale"),
    ("retweets_of:bob", "is:repost author:bob"),
    ("电池 NEAR 鼓包", "电池 NEAR/s 鼓包"),
    ("battery NEAR swollen", "battery NEAR/4 swollen"),
    ("(苹果 充电) NEAR/3 坏了", "(苹果 NEAR/3 坏了) (充电 NEAR/3 坏了)"),
    ("titel:降价", "title:降价"),
    ("a AND NOT b", "a AND NOT b"),
    ("raw:Google+ links:e.com", "raw:Google+ link:e.com"),
]


@pytest.mark.parametrize(("typed", "here"), PASTED)
def test_what_other_tools_write_is_rewritten(typed: str, here: str) -> None:
    found = rewritten(typed)
    assert found.text == here
    assert parse(found.text).valid
    assert len(found.taken) == 0 or all(message.suggestion for message in found.taken)


def test_a_query_that_is_right_is_left_alone_though_it_may_be_warned_of() -> None:
    assert rewritten("苹果 OR 华为 充电宝").text == "苹果 OR 华为 充电宝"


def test_a_mistake_without_a_suggestion_ends_nothing_else() -> None:
    assert rewritten("titel:a iPhone: b").text == "title:a iPhone: b"


def test_a_code_and_a_bracketed_word_stay_what_they_are() -> None:
    assert rewritten("[怒] [Help]").text == "[怒] [Help]"
