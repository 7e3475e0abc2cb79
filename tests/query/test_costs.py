"""Long lists: how often the index is asked for them, and that they find what single terms find."""

from __future__ import annotations

import pytest
from tests.query.kept import found, table

from outlisten.posts import PostStore
from outlisten.query import compile_sql, costs, parse
from outlisten.query.costs import look_ups

TERMS = [f"第{chr(0x4E00 + 7 * place)}家{chr(0x5E00 + place)}店" for place in range(300)]
LONG = " OR ".join(TERMS)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("coffee", 1), ("海港咖啡", 1), ("coffee OR 咖啡 OR 拿铁", 3), ("coffee (a OR b OR c)", 1), ("{HGC}", 1),
        ("coffee NEAR/3 (a OR b)", 1), ("(a OR b) NOT NEAR/3 coffee", 2), ("-coffee", 0), ("coffee OR -tea", 0),
        ("lang:zh", 0), ("lang:zh 咖啡", 1), ("咖啡 OR 情感:负面", 0), ("site:a.cn OR #咖啡#", 2), ("quoted:咖啡", 0),
        ("title:(咖啡 OR 茶)", 2), ("ATLEAST/2(失望 OR 后悔)", 2),
    ],
)  # fmt: skip
def test_how_often_the_index_is_asked_for_a_part(text: str, asked: int) -> None:
    tree = parse(text).tree
    assert tree is not None
    assert look_ups(tree) == asked


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (LONG, {0, 1}),
        (f"咖啡 ({LONG})", {0}),
        (f"咖啡 -({LONG})", {2}),
        (f"咖啡 NEAR/3 ({LONG})", {0}),
        (f"({LONG}) -coffee", {0}),
    ],
)
def test_a_list_of_three_hundred_phrases_finds_each(store: PostStore, text: str, places: set[int]) -> None:
    said = [f"咖啡，{TERMS[7]}的", f"{TERMS[299]} coffee", f"咖啡{TERMS[7][:-1]}的", "别的"]
    store.add(table([{"text": text} for text in said]))
    assert found(store, parse(text)) == places


def test_a_long_list_is_not_looked_up_term_by_term() -> None:
    condition = compile_sql(parse(f"海港咖啡 ({LONG})"))
    assert condition.first.count("hasPhrase") == 1
    assert condition.sql.count("hasPhrase") == 1
    assert condition.sql.count("multiSearchAny") == 2  # at most 255 needles at once
    short = compile_sql(parse(" OR ".join(TERMS[: costs.FEW_PHRASES])))
    assert not short.first
    assert short.sql.count("hasPhrase") == costs.FEW_PHRASES
