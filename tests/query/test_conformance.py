from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.query.kept import found, row, table

from outlisten.posts import PostStore
from outlisten.query import matches, parse

LINES = (Path(__file__).parent / "query-examples.jsonl").read_text("utf-8").splitlines()
ALL = list(map(json.loads, LINES))
CASES = [
    pytest.param(example["query"], post, expected, id=f"{example['id']}-{expected}-{at}")
    for example in ALL
    for expected, posts in (
        (True, example["match"]),
        (False, [wrong["post"] for wrong in example["no_match"]]),
    )
    for at, post in enumerate(posts)
]
# A post that brings another segmenter's words is not kept with them: the store has its own.
KEPT = [case for case in CASES if "words" not in case.values[1]]
POSTS = [case.values[1] for case in KEPT]


@pytest.mark.parametrize(("query", "post", "expected"), CASES)
def test_a_post_matches_as_published(query: str, post: dict[str, object], *, expected: bool) -> None:
    assert matches(parse(query), post) is expected
    if "words" not in post:
        assert matches(parse(query), row(post, 0)) is expected


def test_the_store_finds_what_the_examples_say(module_store: PostStore) -> None:
    assert module_store.add(table(POSTS)).added == len(POSTS)
    for example in ALL:
        query = parse(example["query"])
        assert found(module_store, query) == {at for at, post in enumerate(POSTS) if matches(query, post)}, (
            query.text
        )


def test_every_example_is_read_without_an_error() -> None:
    for example in ALL:
        assert parse(example["query"]).valid, example["query"]
