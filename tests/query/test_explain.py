from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from tests.query.drawn import queries

from outlisten.query import Context, explain, parse
from outlisten.query.clauses import sentences
from outlisten.query.messages import SENTENCES
from outlisten.words import words

CONTEXT = Context(now=datetime(2026, 11, 22, 9, tzinfo=UTC))
TOLD = [
    (
        "苹果 OR 华为 充电宝",
        "Posts that contain “苹果”; or contain both “华为” and “充电宝”.",
        "包含“苹果”；或者同时包含“华为”和“充电宝”的帖子。",
    ),
    (
        "(苹果 OR 华为) 充电宝 -广告",
        "Posts that contain “充电宝”, and contain “苹果” or “华为”, and do not contain “广告”.",
        "包含“充电宝”，并且包含“苹果”或“华为”，并且不包含“广告”的帖子。",
    ),
    (
        "to:Equifax OR Equifax",
        "Posts that are addressed to equifax; or contain “Equifax”.",
        "发给 equifax；或者包含“Equifax”的帖子。",
    ),
    (
        "title:(降价 OR 打折) 语言:中文 since:-7d",
        "Posts that have “降价” or “打折” in the title, and have language zh, and were written on 2026-11-15 or later.",
        "标题包含“降价”或“打折”，并且语言是中文，并且写于 2026-11-15 或之后的帖子。",
    ),
    (
        "a (b c OR lang:en)",
        "Posts that contain “a”, and (contain both “b” and “c”; or have language en).",
        "包含“a”，并且（同时包含“b”和“c”；或者语言是英文）的帖子。",
    ),
    (
        "battery NEAR/3 (swell* OR hot)",
        "Posts that have “battery” and (“swell*” or “hot”) with at most 3 words or characters between them.",
        "“battery”与（“swell*”或“hot”）之间不超过 3 个字词的帖子。",
    ),
    (
        "苹果 NOT NEAR/4 (吃 OR 甜)",
        "Posts that have at least one “苹果” without (“吃” or “甜”) within 4 words or characters.",
        "至少有一处“苹果”，其前后 4 个字词内没有（“吃”或“甜”）的帖子。",
    ),
    (
        "(电池 NEAR/2f 坏) NEAR/s 退款 -ATLEAST/2(word:和服)",
        "Posts that have (“电池” followed by “坏” at most 2 away) and “退款” in one sentence,"
        " and contain “和服” as a word of its own fewer than 2 times.",
        "同一句里有（“电池”之后不超过 2 个字词有“坏”）和“退款”，并且提到独立成词的“和服”不到 2 次的帖子。",
    ),
    (
        '{US} "not working"~1 quoted:好 title:充?宝',
        "Posts that contain exactly “US”, and contain “not working” (in any order, with at most 1 other words or"
        " characters among them), and quote a post that contains “好”, and have “充?宝” in the title.",
        "包含与“US”一字不差的内容，并且包含“not working”（顺序不限，中间最多夹 1 个别的字词），并且引用的帖子包含“好”，"
        "并且标题包含“充?宝”的帖子。",
    ),
    (
        "充电宝 likes:>=1000",
        "Posts that contain “充电宝”, and have likes of at least 1,000.",
        "包含“充电宝”，并且点赞不少于 1,000的帖子。",
    ),
]


@pytest.mark.parametrize(("typed", "english", "chinese"), TOLD)
def test_a_query_is_told_in_both_languages(typed: str, english: str, chinese: str) -> None:
    query = parse(typed, CONTEXT)
    assert explain(query, "en") == english
    assert explain(query, "zh-hans") == chinese


def test_a_long_list_is_cut_and_says_how_much() -> None:
    told = explain(parse(" OR ".join(f"词{number}" for number in range(100))))
    assert told.endswith("“词11” or 88 more.")


def test_a_query_with_mistakes_is_not_told() -> None:
    assert explain(parse("(a")) == ""


@pytest.mark.parametrize("sentence", [*sentences(), *SENTENCES.values()])
def test_every_sentence_is_in_chinese_too(sentence: str) -> None:
    assert words("query", "zh-hans")(sentence) != sentence


@given(queries)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_every_query_that_can_be_asked_can_be_told(text: str) -> None:
    query = parse(text, CONTEXT)
    if query.valid:
        assert explain(query, "en").startswith("Posts that ")
        assert explain(query, "zh-hans").endswith("的帖子。")
