"""The three uses of a query agree: the reference evaluator, SQL on the store, and the live matcher."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.query.drawn import posts, queries
from tests.query.kept import found, row, table

from outlisten.posts import PostStore
from outlisten.query import Context, Matcher, costs, matches, parse

CONTEXT = Context(now=datetime(2026, 11, 22, 9, tzinfo=UTC), zone=ZoneInfo("Asia/Shanghai"))
POSTS = posts(150, seed=11)
ROWS = [row(post, place, CONTEXT.zone) for place, post in enumerate(POSTS)]


@pytest.fixture(scope="module")
def filled(module_store: PostStore) -> PostStore:
    assert module_store.add(table(POSTS, CONTEXT.zone)).added == len(POSTS)
    return module_store


@given(st.lists(queries, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_store_matcher_and_evaluator_find_the_same_posts(filled: PostStore, texts: list[str]) -> None:
    agree(filled, texts)


@given(st.lists(queries, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_they_agree_where_lists_are_searched_for_in_the_texts(filled: PostStore, texts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(costs, "FEW_PHRASES", 1)
        changed.setattr(costs, "MANY_PHRASES", 1)
        agree(filled, [*texts, " OR ".join(f"({text})" for text in texts)])


@pytest.mark.slow
@given(st.lists(queries, min_size=1, max_size=4))
@settings(max_examples=1_500, deadline=None)
def test_they_agree_in_the_long_run_on_half_a_million_pairs(filled: PostStore, texts: list[str]) -> None:
    agree(filled, texts)


def agree(filled: PostStore, texts: list[str]) -> None:
    """All three say the same of every query and every post."""
    asked = [query for query in (parse(text, CONTEXT) for text in texts) if query.valid]
    matcher = Matcher()
    for place, query in enumerate(asked):
        matcher.add(str(place), query)
    live = matcher.match(table(POSTS, CONTEXT.zone))
    for place, query in enumerate(asked):
        expected = {at for at, kept in enumerate(ROWS) if matches(query, kept)}
        assert found(filled, query) == expected, query.text
        assert {int(post, 16) for name, post in live if name == str(place)} == expected, query.text


@given(queries, st.integers(0, 2**16))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_post_as_given_and_as_kept_are_found_by_the_same_queries(text: str, seed: int) -> None:
    query = parse(text, CONTEXT)
    for place, post in enumerate(posts(8, seed)):
        if query.valid:
            assert matches(query, post) == matches(query, row(post, place, CONTEXT.zone))


def test_most_drawn_queries_can_be_asked_and_find_some_posts() -> None:
    drawn: list[str] = []

    @given(queries)
    @settings(max_examples=200, database=None, derandomize=True)
    def draw(text: str) -> None:
        drawn.append(text)

    draw()
    asked = [query for query in (parse(text, CONTEXT) for text in drawn) if query.valid]
    assert len(asked) > len(drawn) / 2
    met = sum(any(matches(query, kept) for kept in ROWS) for query in asked)
    assert met > len(asked) / 3
