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
    ("<<<品牌 v2>>> 充电宝", "/* 品牌 v2 */ 充电宝"),
    ("nimbus engagementType:RETWEET", "nimbus is:repost"),
    ("likes:[10 TO 20] a", "likes:10..20 a"),
    ("点赞:（[10 TO *] OR 5） a", "点赞:（10.. OR 5） a"),
    ("date:[2026-11-01 TO 2026-11-11] 发货", "date:2026-11-01..2026-11-11 发货"),
    ("苹果 && 坏 || 华为", "苹果 AND 坏 OR 华为"),
    ("url:*sale* a", "url:sale a"),
    ("site:*.weibo.com a", "site:weibo.com a"),
    ("ingress:降价 min_retweets:3", "text:降价 shares:>=3"),
    ("domain_url:a.com OR host_url:b.com", "site:a.com OR site:b.com"),
]


@pytest.mark.parametrize(("typed", "here"), PASTED)
def test_what_other_tools_write_is_rewritten(typed: str, here: str) -> None:
    found = rewritten(typed)
    assert found.text == here
    assert parse(found.text).valid
    assert len(found.taken) == 0 or all(message.suggestion for message in found.taken)


@pytest.mark.parametrize("typed", ["authorGender:F a", "latitude:1 a", "site:nimbus* a", "*nimbus"])
def test_what_has_no_like_here_is_not_guessed(typed: str) -> None:
    assert rewritten(typed).text == typed
    assert not parse(typed).valid


def test_a_query_that_is_right_is_left_alone_though_it_may_be_warned_of() -> None:
    assert rewritten("苹果 OR 华为 充电宝").text == "苹果 OR 华为 充电宝"


def test_a_mistake_without_a_suggestion_ends_nothing_else() -> None:
    assert rewritten("titel:a iPhone: b").text == "title:a iPhone: b"


def test_a_code_and_a_bracketed_word_stay_what_they_are() -> None:
    assert rewritten("[怒] [Help]").text == "[怒] [Help]"
