from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.query.drawn import posts, queries

from outlisten.query import Context, Why, matches, missing, parse, why

CONTEXT = Context(now=datetime(2026, 11, 22, 9, tzinfo=UTC))


def ticks(found: Why) -> list[tuple[str, bool]]:
    """(clause, tick) of the parts below."""
    return [(part.clause, part.holds) for part in found.parts]


def test_each_part_has_a_tick_or_a_cross() -> None:
    found = why(parse("(苹果 OR 华为) 充电宝 -广告"), {"text": "华为充电宝 广告"}, "zh-hans")
    assert not found.holds
    assert ticks(found) == [("包含“苹果”或“华为”", True), ("包含“充电宝”", True), ("不包含“广告”", False)]
    assert ticks(found.parts[0]) == [("包含“苹果”", False), ("包含“华为”", True)]
    assert [part.at for part in found.parts] == [(0, 10), (11, 14), (15, 18)]


def test_both_sides_of_a_near_may_be_there_and_yet_too_far_apart() -> None:
    found = why(parse("battery NEAR/1 hot"), {"text": "a hot day, my battery"})
    assert not found.holds
    assert ticks(found) == [("contain “battery”", True), ("contain “hot”", True)]


def test_what_a_group_leaves_out_is_told_one_by_one() -> None:
    found = why(parse("apple -(juice OR pie)"), {"text": "apple pie"})
    assert ticks(found.parts[1]) == [("do not contain “juice”", True), ("do not contain “pie”", False)]


def test_a_field_is_named_with_each_of_its_parts() -> None:
    found = why(parse("title:(降价 坏)"), {"title": "降价", "text": "坏"}, "zh-hans")
    assert ticks(found) == [("标题包含“降价”", True), ("标题包含“坏”", False)]


def test_a_post_without_a_date_is_told_why_no_question_of_dates_finds_it() -> None:
    found = why(parse("充电宝 -since:2026"), {"text": "充电宝"}, "zh-hans")
    assert (found.holds, found.parts[-1].clause) == (False, "有日期")


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        ("en", "Does: contain “华为”. Does not: contain “充电宝”"),
        ("zh-hans", "符合：包含“华为”。不符合：包含“充电宝”"),
    ],
)
def test_a_miss_is_one_line(locale: str, line: str) -> None:
    found = why(parse("华为 充电宝"), {"text": "华为手机"}, locale)  # type: ignore[arg-type]
    assert missing(found, locale) == line  # type: ignore[arg-type]


@given(queries, st.integers(0, 2**16))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_the_tick_at_the_top_is_the_answer(text: str, seed: int) -> None:
    query = parse(text, CONTEXT)
    for post in posts(3, seed):
        if query.valid:
            assert why(query, post).holds is matches(query, post)
