"""Share of voice over authors and over posts."""

import pytest
from tests.insights.conftest import Fill, on

from outlisten import insights
from outlisten.query import parse

TOPICS = {"捞王": parse("捞王"), "Hotpot Co": parse('"hotpot co"')}


def said(text: str, times: int, **fields: object) -> list[dict[str, object]]:
    return [on(0, text=text, **fields) for _ in range(times)]


def test_shares_are_of_people_and_add_up_to_one(fill: Fill) -> None:
    store = fill(*said("捞王排队太久", 30), *said("I queued at Hotpot Co", 60))
    table = insights.share_of_voice(store, TOPICS).table.to_pylist()
    assert [row["share"] for row in table] == [pytest.approx(1 / 3), pytest.approx(2 / 3)]
    assert all(row["low"] < row["share"] < row["high"] for row in table)


def test_a_loud_person_moves_the_share_of_posts_only(fill: Fill) -> None:
    store = fill(
        *said("捞王排队太久", 30), *said("I queued at Hotpot Co", 30), *said("捞王！", 60, author_id="loud")
    )
    people = insights.share_of_voice(store, TOPICS).table["share"].to_pylist()
    posts = insights.share_of_voice(store, TOPICS, unit="posts")
    assert people[0] == pytest.approx(31 / 61)
    assert posts.table["share"][0].as_py() == pytest.approx(90 / 120)
    assert posts.table["high"][0].as_py() - posts.table["low"][0].as_py() > 0.25


def test_who_speaks_of_both_counts_for_both(fill: Fill) -> None:
    store = fill(*said("捞王还是 Hotpot Co", 40))
    insight = insights.share_of_voice(store, TOPICS)
    assert insight.table["authors"].to_pylist() == [40, 40]
    assert insight.table["share"].to_pylist() == [0.5, 0.5]


def test_posts_without_an_author_count_as_one_each_and_are_said(fill: Fill) -> None:
    store = fill(*said("捞王排队太久", 40, author_id=None), *said("Hotpot Co again", 5))
    insight = insights.share_of_voice(store, TOPICS)
    assert insight.table["authors"].to_pylist() == [40, 5]
    note = insight.note("each_post_an_author")
    assert note is not None
    assert note.text("en") == "Posts without an author, each counted as one author: 40 of 45."


def test_a_sample_keeps_the_exact_shares_and_says_what_it_did(fill: Fill) -> None:
    store = fill(*said("捞王排队太久", 120), *said("I queued at Hotpot Co", 60))
    insight = insights.share_of_voice(store, TOPICS, size=50)
    assert insight.table["authors"].to_pylist() == [120, 60]
    assert insight.table["share"][0].as_py() == pytest.approx(2 / 3)
    assert insight.note("interval_of_sample") is not None


def test_few_authors_have_no_shares(fill: Fill) -> None:
    insight = insights.share_of_voice(fill(*said("捞王排队太久", 29)), TOPICS)
    assert insight.table["share"].to_pylist() == [None, None]
    assert insight.note("too_few_authors") is not None


def test_the_evidence_opens_a_topics_posts(fill: Fill) -> None:
    store = fill(*said("捞王排队太久", 30), *said("I queued at Hotpot Co", 20))
    insight = insights.share_of_voice(store, TOPICS)
    opened = [store.count(parse(row["evidence"])).value for row in insight.table.to_pylist()]
    assert opened == [30, 20]
    assert store.count(parse(insight.evidence)).value == 50
