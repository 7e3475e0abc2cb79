"""Terms that set posts apart, in Chinese and English."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.insights.conftest import DAY0, Fill, Row, on

from outlisten import insights
from outlisten.insights import Insight
from outlisten.insights.own_words import own_words
from outlisten.posts.store import TimeRange
from outlisten.query import parse

COMMON_ZH = ["味道还可以", "价格有点高", "环境干净", "周末人多", "上菜快"]
COMMON_EN = [
    "the app is slow",
    "parking was easy",
    "prices went up",
    "nice weather today",
    "opened in spring",
]


def chatter(brand: str, common: list[str], special: str, each: int = 40) -> list[Row]:
    """Posts about a brand: half of them say what everybody says, half of them something special."""
    plain = [on(0, text=f"{brand}，{common[at % len(common)]}") for at in range(each)]
    return [*plain, *(on(0, text=f"{brand}，{special}，{common[at % len(common)]}") for at in range(each))]


def terms(insight: Insight, side: str = "query") -> list[str]:
    return [row["term"] for row in insight.table.to_pylist() if row["side"] == side]


@pytest.fixture
def restaurants(fill: Fill) -> object:
    return fill(*chatter("捞王", COMMON_ZH, "客服态度恶劣"), *chatter("川香楼", COMMON_ZH, "等位两小时"))


def test_chinese_words_of_each_side_lead_it(restaurants) -> None:  # type: ignore[no-untyped-def]
    insight = insights.keyness(restaurants, parse("捞王"), parse("川香楼"))
    assert any("态度" in term for term in terms(insight)[:3])
    assert any("等位" in term for term in terms(insight, "against")[:3])
    assert insight.table["distinctive"][0].as_py()


def test_english_phrases_are_found_and_hide_their_words(fill: Fill) -> None:
    store = fill(
        *chatter("Equibank", COMMON_EN, "identity theft"), *chatter("Solidbank", COMMON_EN, "late fee")
    )
    insight = insights.keyness(store, parse("equibank"), parse("solidbank"))
    assert terms(insight)[0] == "identity theft"
    assert terms(insight, "against")[0] == "late fee"
    assert not {"identity", "theft", "late", "fee"} & {*terms(insight), *terms(insight, "against")}


def test_the_segmenter_is_named_only_where_chinese_was_cut(fill: Fill, restaurants) -> None:  # type: ignore[no-untyped-def]
    assert insights.keyness(restaurants, parse("捞王"), parse("川香楼")).note("segmenter")
    store = fill(*chatter("Equibank", COMMON_EN, "theft"), *chatter("Solidbank", COMMON_EN, "late fee"))
    assert not insights.keyness(store, parse("equibank"), parse("solidbank")).note("segmenter")


def test_what_both_sides_say_is_not_distinctive(restaurants) -> None:  # type: ignore[no-untyped-def]
    rows = insights.keyness(restaurants, parse("捞王"), parse("川香楼"), top=100).table.to_pylist()
    common = [row for row in rows if row["term"] in {"味道", "价格", "环境", "周末"}]
    assert common
    assert not any(row["distinctive"] for row in common)
    assert all(row["low"] < 0 < row["high"] for row in common)


def test_the_queries_own_words_are_left_out_and_named(restaurants) -> None:  # type: ignore[no-untyped-def]
    insight = insights.keyness(restaurants, parse("捞王 -广告"), parse("川香楼 lang:zh"), without=["恶劣"])
    shown = {*terms(insight), *terms(insight, "against")}
    assert not any("捞王" in term or "川香楼" in term or "恶劣" in term for term in shown)
    note = insight.note("own_words")
    assert note is not None
    assert note.params["words"] == "川香楼, 广告, 恶劣, 捞王"


@pytest.mark.parametrize(
    ("query", "own"),
    [
        ("to:equibank OR #充电宝", {"equibank", "充电宝"}),
        ("sentiment:negative author:alice 苹果", {"苹果"}),
        ('"late fee" @Equibank', {"late", "fee", "equibank"}),
    ],
)
def test_own_words_are_what_a_query_looks_for_in_texts(query: str, own: set[str]) -> None:
    found = own_words([parse(query)])
    assert found.tokens | found.han == own


def test_without_another_query_the_rest_is_the_other_side(restaurants) -> None:  # type: ignore[no-untyped-def]
    insight = insights.keyness(restaurants, parse("捞王"))
    assert any("等位" in term for term in terms(insight, "against"))


def test_a_word_counts_its_authors_not_its_uses(fill: Fill) -> None:
    loud = [on(0, text="捞王 骗子 骗子 骗子", author_id="loud") for _ in range(60)]
    store = fill(
        *loud, *chatter("捞王", COMMON_ZH, "客服态度恶劣"), *chatter("川香楼", COMMON_ZH, "等位两小时")
    )
    rows = insights.keyness(store, parse("捞王"), parse("川香楼"), top=100).table.to_pylist()
    assert "骗子" not in [row["term"] for row in rows]  # one author is no evidence


def test_a_later_window_shows_what_is_new(fill: Fill) -> None:
    before = chatter("捞王", COMMON_ZH, "味道好")
    after = [
        {**row, "created_at": DAY0 + timedelta(days=40)} for row in chatter("捞王", COMMON_ZH, "叫号失灵")
    ]
    store = fill(*before, *after)
    old, new = (TimeRange(DAY0 + timedelta(days=a), DAY0 + timedelta(days=a + 30)) for a in (0, 30))
    insight = insights.keyness(store, parse("捞王"), window=new, against_window=old)
    assert any("叫号" in term for term in terms(insight)[:3])


@pytest.mark.parametrize("side", ["query", "against"])
def test_the_evidence_of_a_term_opens_posts_of_its_side(restaurants, side: str) -> None:  # type: ignore[no-untyped-def]
    insight = insights.keyness(restaurants, parse("捞王"), parse("川香楼"))
    for row in insight.table.to_pylist():
        if row["side"] == side:
            users = row["authors"] if side == "query" else row["authors_against"]
            assert restaurants.count(parse(row["evidence"])).value >= users > 0


def test_a_bounded_sample_is_said(restaurants) -> None:  # type: ignore[no-untyped-def]
    insight = insights.keyness(restaurants, parse("捞王"), parse("川香楼"), size=60)
    ours, theirs = insight.note("sampled"), insight.note("sampled_against")
    assert ours is not None
    assert theirs is not None
    assert (ours.params, theirs.params) == ({"n": 60, "total": 80}, {"n": 60, "total": 80})


def test_few_authors_have_no_terms(fill: Fill) -> None:
    insight = insights.keyness(fill(*chatter("捞王", COMMON_ZH, "难吃", each=10)), parse("捞王"))
    assert insight.table.num_rows == 0
    assert insight.note("too_few_authors") is not None


def test_the_segmenter_and_its_version_are_kept(restaurants) -> None:  # type: ignore[no-untyped-def]
    insight = insights.keyness(restaurants, parse("捞王"))
    assert str(insight.settings["segmenter"]).startswith("rjieba 0.")
