"""What each part of a query takes away or brings."""

from __future__ import annotations

import pytest
from tests.query.kept import table

from outlisten import insights
from outlisten.posts import PostStore
from outlisten.query import parse

TEXTS = ["苹果手机坏", "苹果手机", "华为手机坏", "苹果坏，吃水果", "apple phone", "apple pie", "苹果手机 吃"]


@pytest.fixture
def said(store: PostStore) -> PostStore:
    store.add(table([{"text": text} for text in TEXTS]))
    return store


def told(store: PostStore, typed: str) -> list[tuple[str, str, int]]:
    rows = insights.contributions(store, parse(typed)).table.to_pylist()
    return [(row["part"], row["effect"], row["posts"]) for row in rows]


CASES = [
    (
        "(苹果 OR 华为) 手机 -吃",
        [
            ("(苹果 OR 华为)", "requires", 0), ("苹果", "offers", 2), ("华为", "offers", 1), ("手机", "requires", 0),
            ("-吃", "excludes", 1),
        ],
    ),
    (
        "苹果 -(吃 OR 水果)",
        [("苹果", "requires", 3), ("-(吃 OR 水果)", "excludes", 2), ("吃", "excludes", 1), ("水果", "excludes", 0)],
    ),
    ("apple OR 华为", [("apple", "offers", 2), ("华为", "offers", 1)]),
    ("apple", []),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "expected"), CASES)
def test_each_part_tells_what_it_does(
    said: PostStore, typed: str, expected: list[tuple[str, str, int]]
) -> None:
    assert told(said, typed) == expected


def test_the_evidence_opens_as_many_posts_as_are_told(said: PostStore) -> None:
    for typed, _ in CASES:
        for row in insights.contributions(said, parse(typed)).table.to_pylist():
            assert said.count(parse(row["evidence"])).value == row["posts"], row


def test_of_many_parts_the_first_are_counted_and_a_note_says_so(said: PostStore) -> None:
    many = insights.contributions(said, parse("apple OR 华为 OR 手机"), most=2)
    assert many.table.num_rows == 2
    assert many.note("first_parts")


def test_the_outermost_parts_are_counted_first_and_the_others_after_them(said: PostStore) -> None:
    query = parse("(苹果 OR 华为 OR apple) 手机 -吃")
    first = insights.contributions(said, query, most=3)
    assert [row["part"] for row in first.table.to_pylist()] == ["(苹果 OR 华为 OR apple)", "手机", "-吃"]
    rest = insights.contributions(said, query, most=3, after=3)
    assert [(row["place"], row["part"]) for row in rest.table.to_pylist()] == [
        (1, "苹果"),
        (2, "华为"),
        (3, "apple"),
    ]
    assert first.note("first_parts")
    assert rest.note("first_parts") is None


def test_time_that_runs_out_ends_the_counting_after_one_part(said: PostStore) -> None:
    hurried = insights.contributions(said, parse("苹果 OR 华为"), seconds=-1)
    assert hurried.table.num_rows == 1
    assert hurried.note("first_parts")
