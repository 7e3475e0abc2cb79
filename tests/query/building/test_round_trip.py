"""Text → outline → text gives an equal tree, whatever the query."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.query.drawn import queries

from outlisten.query import AccountList, Context, Kept, parse
from outlisten.query.building import EMPTY, outline, placed, row_at, walk_rows, written

EXAMPLES = [
    json.loads(line)["query"]
    for line in (Path(__file__).parents[1] / "query-examples.jsonl").read_text("utf-8").splitlines()
]
KEPT = Kept(
    {"Own brand": "Harbour OR 海港", "排队": "排队 OR 等位"},
    {"Media": AccountList(frozenset({"reuters"})), "媒体": AccountList(frozenset({"人民日报"}))},
)
CONTEXT = Context(kept=KEPT)


def round_trip(text: str) -> None:
    query = parse(text, CONTEXT)
    if query.tree is None:
        return
    rows = outline(query)
    again = parse(written(rows), CONTEXT)
    assert again.tree == query.tree, (text, written(rows))
    assert written(outline(again)) == written(rows)


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_survives(text: str) -> None:
    assert parse(text).valid
    round_trip(text)


@given(queries)
@settings(max_examples=800, deadline=None, derandomize=True)
def test_any_query_survives(text: str) -> None:
    round_trip(text)


@given(queries)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_every_row_stands_where_its_text_is(text: str) -> None:
    query = parse(text, CONTEXT)
    if query.tree is not None:
        rows = placed(outline(query))
        whole = written(rows)
        assert rows.at == (0, len(whole))
        for path, row in walk_rows(rows):
            assert whole[slice(*row.at)].lstrip("-(").startswith(row.text)
            if path:
                start, end = row_at(rows, path[:-1]).at
                assert start <= row.at[0] <= row.at[1] <= end


# What was typed, and what the builder writes of it when nothing was changed.
KEPT_AS_TYPED = [
    ("refund", "refund"),
    ("退款 or 退钱", "退款 or 退钱"),
    ("(Refund OR 退款) -scam", "(Refund OR 退款) -scam"),
    ("（退款｜退钱）-招聘", "(退款 OR 退钱) -招聘"),
    ("a OR b c", "a OR (b c)"),
    ("苹果 OR 华为 充电宝", "苹果 OR (华为 充电宝)"),
    ("情感:负面@0.8 来源:微博", "情感:负面@0.8 来源:微博"),
    ("情感:（负面｜中性）", "情感:负面 OR 情感:中性"),
    ("lang:(zh OR en)", "lang:zh OR lang:en"),
    ("since:-7d until:today", "since:-7d until:today"),
    ("时间:2026-11-01..2026-11-11", "时间:2026-11-01..2026-11-11"),
    ("likes:>=100 rating:1..2 点赞:7", "likes:>=100 rating:1..2 点赞:7"),
    ("from:@Bob @品牌客服 #双十一[话题]#", "from:@Bob @品牌客服 #双十一[话题]#"),
    ('NOT ("a b"~3 OR raw:U.S.)', 'NOT ("a b"~3 OR raw:U.S.)'),
    ("标题:(降价 OR 打折) text:a", "标题:(降价 OR 打折) text:a"),
    ("title:降价", "title:降价"),
    ("苹果 NOT NEAR/4 (吃 OR 甜)", "苹果 NOT NEAR/4 (吃 OR 甜)"),
    ("summer ONEAR/1 holiday", "summer NEAR/1f holiday"),
    ("退款 NEAR/s 拒绝", "退款 NEAR/s 拒绝"),
    ("-ATLEAST/3(降价)", "NOT ATLEAST/3(降价)"),
    ("NOT (a b)", "NOT (a b)"),
    ("query:排队 list:Media", "query:排队 list:Media"),
    ("/* ours */ 海港 /* not theirs */ -山谷", "/* ours */ 海港 /* not theirs */ -山谷"),
    ("(a /* why */ OR b) c", "(a /* why */ OR b) c"),
    ("a OR b /* 说明 */", "a OR b /* 说明 */"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "text"), KEPT_AS_TYPED)
def test_what_was_typed_is_kept(typed: str, text: str) -> None:
    query = parse(typed, CONTEXT)
    assert written(outline(query)) == text
    assert parse(text, CONTEXT).tree == query.tree


def test_an_empty_query_is_one_empty_group() -> None:
    assert outline(parse("  ")) == EMPTY
    assert written(EMPTY) == ""


def test_a_query_with_mistakes_has_no_outline() -> None:
    with pytest.raises(ValueError, match="mistakes"):
        outline(parse("(a OR"))
