"""Saved queries that use each other, and lists."""

from __future__ import annotations

import pytest

from outlisten.query import Context, explain, matches, parse
from outlisten.query.opening import written_out
from outlisten.query.printing import printed
from outlisten.query.shelf import AccountList, Kept

CHAIN = {f"q{level}": f"query:q{level - 1} a{level}" for level in range(1, 12)} | {"q0": "a0"}
KEPT = Kept(
    {
        "手机品牌": "苹果 OR 华为", "Own brand": "query:手机品牌 -水果", "bad": "(苹果", "uses-bad": "query:bad",
        "x": "query:y", "y": "a query:x", "outside": "query:x", "甲": "b", "乙": "query:丙", "丙": "query:甲",
        "twice": "query:many query:many", "many": " ".join(f"w{number}" for number in range(1500)), **CHAIN,
    },
    {"媒体": AccountList(frozenset({"@人民日报", "Reuters"}), frozenset({"News.cn"}))},
)  # fmt: skip
CONTEXT = Context(kept=KEPT)


def codes(text: str) -> list[str]:
    return [message.code for message in parse(text, CONTEXT).messages if message.level == "error"]


def test_a_saved_query_stands_for_what_it_means() -> None:
    query = parse('query:"own BRAND" 坏', CONTEXT)
    assert matches(query, {"text": "华为坏了"})
    assert not matches(query, {"text": "苹果坏了，水果"})
    assert query.tree is not None
    assert printed(query.tree) == 'query:"Own brand" 坏'


def test_it_may_stand_inside_near_and_is_told_with_its_meaning() -> None:
    query = parse("query:手机品牌 NEAR/2 坏", CONTEXT)
    assert matches(query, {"text": "苹果又坏了"})
    assert (
        explain(parse("query:手机品牌", CONTEXT), "zh-hans")
        == "符合已存查询“手机品牌”（包含“苹果”或“华为”）的帖子。"
    )


WRONG = [
    ("query:手机品", "E207", '"手机品牌"'), ("查询:没有的", "E207", None), ("query:bad", "E208", None),
    ("query:x", "E306", None), ("query:q11", "E306", None), ("query:twice", "E208", None),
    ("query:uses-bad", "E208", None),
    ("list:媒", "E207", '"媒体"'), ("名单:没有的", "E207", None),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "code", "offered"), WRONG)
def test_what_cannot_be_used_is_refused(typed: str, code: str, offered: str | None) -> None:
    said = [message for message in parse(typed, CONTEXT).messages if message.level == "error"]
    assert [(message.code, message.suggestion) for message in said] == [(code, offered)]


def test_ten_levels_are_allowed_and_no_more() -> None:
    assert codes("query:q9") == []
    assert codes("query:q10") == ["E306"]


CIRCLES = [
    ("a query:X", "x", "x", "x → x"),
    ("a query:y", "x", "x", "x → y → x"),
    ("query:乙", "甲", "甲", "甲 → 乙 → 丙 → 甲"),
    ("query:x 坏", None, "x", "x → y → x"),
    ("query:outside", None, "x", "x → y → x"),
    ("query:乙 OR query:x", "甲", "甲", "甲 → 乙 → 丙 → 甲"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "saved_as", "name", "circle"), CIRCLES)
def test_queries_that_use_each_other_are_told_by_their_names(
    typed: str, saved_as: str | None, name: str, circle: str
) -> None:
    said = [message for message in parse(typed, CONTEXT, name=saved_as).messages if message.level == "error"]
    assert said[0].code == "E306"
    assert said[0].text() == f"The saved query {name} would use itself: {circle}."
    assert said[0].text("zh-hans") == f"已存查询“{name}”会引用到它自己：{circle}。"


def test_the_saved_query_with_the_mistake_is_named_not_the_one_that_uses_it() -> None:
    (said,) = parse("query:uses-bad", CONTEXT).messages
    assert said.values["name"] == "bad"
    assert said.at == (6, 14)


def test_a_saved_query_is_an_anchor() -> None:
    assert parse("query:手机品牌", CONTEXT, saving=True).valid


def test_a_list_finds_its_accounts_and_its_sites() -> None:
    query = parse("list:媒体", CONTEXT)
    assert matches(query, {"text": "", "author": "reuters"})
    assert matches(query, {"text": "", "author_handle": "人民日报"})
    assert matches(query, {"text": "", "site": "m.news.cn"})
    assert not matches(query, {"text": "人民日报", "author": "王小明", "site": "notnews.cn"})
    assert explain(query) == "Posts that are by an account or on a site of the list “媒体”."


def test_a_list_is_written_out_only_when_asked_for() -> None:
    query = parse("坏 -list:媒体 query:手机品牌", CONTEXT)
    assert written_out(query) == '坏 NOT list:"媒体" (苹果 OR 华为)'
    meant = parse(written_out(query, lists=True))
    assert meant.text == '坏 NOT (author:"reuters" OR author:"人民日报" OR site:"news.cn") (苹果 OR 华为)'
    for post in (
        {"author": "Reuters"},
        {"author": "@人民日报"},
        {"site": "m.news.cn"},
        {"site": "notnews.cn"},
    ):
        said = {"text": "苹果坏了", **post}
        assert matches(meant, said) == matches(query, said)
