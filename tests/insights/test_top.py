"""Top authors and sources, and posts drawn to read."""

import pytest
from tests.insights.conftest import Fill, on

from outlisten import insights
from outlisten.query import parse


def test_authors_are_listed_by_posts_with_their_share(fill: Fill) -> None:
    store = fill(*(on(0, author_id="1", author="小王") for _ in range(6)), *(on(0) for _ in range(4)))
    first = insights.top_authors(store, None).table.to_pylist()[0]
    assert (first["author"], first["posts"], first["share"], first["low"]) == ("小王", 6, 0.6, None)


def test_the_same_name_on_two_platforms_is_two_people(fill: Fill) -> None:
    people = [on(0, author_id=None, author="Alice", platform=name) for name in ("x", "x", "weibo")]
    table = insights.top_authors(fill(*people), None).table
    assert table.select(["platform", "posts"]).to_pylist() == [
        {"platform": "x", "posts": 2}, {"platform": "weibo", "posts": 1},
    ]  # fmt: skip


def test_a_sample_of_authors_has_intervals(fill: Fill) -> None:
    store = fill(*(on(0, author_id="1") for _ in range(60)), *(on(0) for _ in range(60)))
    insight = insights.top_authors(store, None, size=50)
    first = insight.table.to_pylist()[0]
    assert insight.interval == "Wilson, 95 %"
    assert first["low"] < 0.5 < first["high"]


def test_concentration_is_said_in_both_languages(fill: Fill) -> None:
    store = fill(*(on(0, author_id="loud") for _ in range(60)), *(on(0) for _ in range(40)))
    note = insights.top_authors(store, None).note("concentration")
    assert note is not None
    assert "wrote 60 % of the posts" in note.text("en")
    assert "60%" in note.text("zh-hans")


def test_posts_without_an_author_are_no_author(fill: Fill) -> None:
    insight = insights.top_authors(fill(*(on(0, author_id=None) for _ in range(3))), None)
    assert insight.table.num_rows == 0
    assert insight.note("each_post_an_author") is not None


@pytest.mark.parametrize("name", ["小王 在路上", 'Ann "A" O\'Neil', "or"])
def test_the_evidence_of_an_author_opens_their_posts(fill: Fill, name: str) -> None:
    store = fill(*(on(0, author_id=None, author=name) for _ in range(3)), on(0, author="someone else"))
    row = insights.top_authors(store, parse("等位")).table.to_pylist()[0]
    assert store.count(parse(row["evidence"])).value == row["posts"] == 3


def test_sources_have_exact_counts_and_a_missing_one_stays_missing(fill: Fill) -> None:
    store = fill(on(0, site="weibo.com"), on(0, site="weibo.com", author_id="u0"), on(0))
    table = insights.top_sources(store, None, by="site").table
    assert table.select(["source", "posts", "authors"]).to_pylist() == [
        {"source": "weibo.com", "posts": 2, "authors": 1}, {"source": None, "posts": 1, "authors": 1},
    ]  # fmt: skip
    assert table["evidence"][1].as_py() is None


def test_the_evidence_of_a_source_opens_its_posts(fill: Fill) -> None:
    store = fill(on(0, platform="weibo"), on(1, platform="weibo"), on(0, platform="x"))
    rows = insights.top_sources(store, parse("等位")).table.to_pylist()
    assert [store.count(parse(row["evidence"])).value for row in rows] == [2, 1]


def test_a_sample_is_drawn_again_by_its_seed(fill: Fill) -> None:
    store = fill(*(on(0, text=f"等位 {at}") for at in range(100)))
    first, again, other = (
        insights.sample(store, parse("等位"), size=10, seed=seed).table for seed in (1, 1, 2)
    )
    assert first["id"].to_pylist() == again["id"].to_pylist() != other["id"].to_pylist()


def test_a_sample_of_nothing_is_refused(fill: Fill) -> None:
    with pytest.raises(ValueError, match="1 or more, not 0"):
        insights.sample(fill(on(0)), None, size=0)
