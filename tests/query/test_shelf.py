"""Saved queries that use each other, and lists."""

from __future__ import annotations

import pytest

from outlisten.query import Context, explain, matches, parse
from outlisten.query.printing import printed
from outlisten.query.shelf import AccountList, Kept

CHAIN = {f"q{level}": f"query:q{level - 1} a{level}" for level in range(1, 12)} | {"q0": "a0"}
KEPT = Kept(
    {
        "手机品牌": "苹果 OR 华为", "Own brand": "query:手机品牌 -水果", "bad": "(苹果", "x": "query:y", "y": "a query:x",
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
    ("query:x", "E208", None), ("query:q11", "E208", None), ("query:twice", "E208", None),
    ("list:媒", "E207", '"媒体"'), ("名单:没有的", "E207", None),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "code", "offered"), WRONG)
def test_what_cannot_be_used_is_refused(typed: str, code: str, offered: str | None) -> None:
    said = [message for message in parse(typed, CONTEXT).messages if message.level == "error"]
    assert [(message.code, message.suggestion) for message in said] == [(code, offered)]


def test_ten_levels_are_allowed_and_no_more() -> None:
    assert codes("query:q9") == []
    assert codes("query:q10") == ["E208"]


def test_a_query_that_would_use_itself_is_refused_when_it_is_saved() -> None:
    said = parse("a query:y", CONTEXT, name="x").messages
    assert [message.code for message in said if message.level == "error"] == ["E208"]
    circle = parse("query:X", CONTEXT, name="x").messages
    assert [message.code for message in circle] == ["E306"]


def test_a_saved_query_is_an_anchor() -> None:
    assert parse("query:手机品牌", CONTEXT, saving=True).valid


def test_a_list_finds_its_accounts_and_its_sites() -> None:
    query = parse("list:媒体", CONTEXT)
    assert matches(query, {"text": "", "author": "reuters"})
    assert matches(query, {"text": "", "author_handle": "人民日报"})
    assert matches(query, {"text": "", "site": "m.news.cn"})
    assert not matches(query, {"text": "人民日报", "author": "王小明", "site": "notnews.cn"})
    assert explain(query) == "Posts that are by an account or on a site of the list “媒体”."
