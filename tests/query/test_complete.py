from __future__ import annotations

import pytest

from outlisten.query import Context, completions, parse
from outlisten.query.shelf import AccountList, Kept

CONTEXT = Context(kept=Kept({"手机 品牌": "苹果", "own": "a"}, {"媒体": AccountList()}))
KNOWN = {"platform": ["cfpb", "weibo", "x"], "lang": ["ja"]}
OFFERED = [
    ("sent", ["sentiment:"]),
    ("苹果 情", ["情感:", "情绪:"]),
    ("-sent", ["sentiment:"]),
    ("(lan", ["lang:"]),
    ("情感:", ["负面", "中性", "正面"]),
    ("sentiment:", ["negative", "neutral", "positive"]),
    ("sentiment:neg", ["negative"]),
    ("sentiment:负", ["负面"]),
    ("lang:(zh OR e", ["en"]),
    ("lang:j", ["ja"]),
    ("platform:w", ["weibo"]),
    ("platform:", ["cfpb", "weibo", "x", "xiaohongshu", "douyin"]),
    ("a ON", ["ONEAR/4"]),
    ("query:手", ['"手机 品牌"']),
    ("名单:", ["媒体"]),
    ("苹果 ", []),
    ("unknown:a", []),
    ('"sent', []),
]


@pytest.mark.parametrize(("typed", "offered"), OFFERED)
def test_what_may_stand_here_is_offered(typed: str, offered: list[str]) -> None:
    assert [found.text for found in completions(typed, len(typed), CONTEXT, KNOWN)] == offered


def test_taking_an_offer_makes_a_query_that_can_be_read() -> None:
    for typed, _ in OFFERED:
        for found in completions(typed, len(typed), CONTEXT, KNOWN):
            whole = typed[: found.at[0]] + found.text + typed[found.at[1] :]
            begun = whole.endswith((":", "/4", "(")) or "(" in whole  # something must follow
            assert begun or parse(whole, CONTEXT).valid, whole


def test_the_rest_of_the_query_stays_where_it_is() -> None:
    (found,) = completions("坏 sent 充电", 6)
    assert found.at == (2, 6)
