"""A store seen without some of its posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from outlisten.posts import PostStore
from outlisten.posts.partial import PartialStore
from outlisten.query import parse

NEWEST = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
GIVEN = (
    {"native_id": "m1", "type": "message", "text": "我的订单号是 771，请私下回复", "author": "阿明", "thread": "t"},
    {"native_id": "p1", "type": "reply", "text": "请看私信 queue", "author": "Harbour", "thread": "t"},
    {"native_id": "p2", "type": "post", "text": "the queue again", "author": "Ana"},
    {"native_id": "m2", "type": "message", "text": "queue, my card ends in 1188", "author": "Bo"},
)  # fmt: skip


@pytest.fixture
def ids(store: PostStore, make_posts: Callable[..., pa.Table]) -> dict[str, str]:
    table = make_posts(*({"created_at": NEWEST - timedelta(days=n), **post} for n, post in enumerate(GIVEN)))
    store.add(table)
    return dict(zip(table["native_id"].to_pylist(), table["id"].to_pylist(), strict=True))


@pytest.fixture
def partial(store: PostStore, ids: dict[str, str]) -> PartialStore:
    return PartialStore(store, parse("type:message"))


ASK: dict[str, Callable[[PartialStore], Any]] = {
    "search": lambda store: store.search(parse("queue OR 私")).posts.num_rows,
    "search for all": lambda store: store.search(None).posts.num_rows,
    "search for messages": lambda store: store.search(parse("type:message OR queue OR 私")).posts.num_rows,
    "count": lambda store: store.count(None).value,
    "time line": lambda store: sum(store.histogram(None).table["posts"].to_pylist()),
    "facets": lambda store: sum(store.facets(None, ["type"])["type"].table["posts"].to_pylist()),
    "sample": lambda store: store.sample(None, size=10, seed=1).table.num_rows,
    "dashboard": lambda store: store.dashboard(None, fields=("type",)).count,
}


@pytest.mark.parametrize("ask", ASK.values(), ids=ASK)
def test_no_question_counts_or_shows_what_is_hidden(
    ask: Any, partial: PartialStore, store: PostStore
) -> None:
    assert ask(store) == 4
    assert ask(partial) == 2


def test_a_hidden_post_is_as_if_it_were_not_kept(partial: PartialStore, ids: dict[str, str]) -> None:
    assert partial.get(ids["m2"]) is None
    assert set(partial.some(list(ids.values()))) == {name for name in ids.values() if partial.get(name)}
    assert partial.thread(ids["m1"]).table.num_rows == 0
    assert all(rows.table.num_rows == 0 for rows in partial.history(ids["m1"]).values())
    assert partial.get(ids["p2"])["text"] == "the queue again"


def test_a_conversation_is_shown_without_its_private_part(
    partial: PartialStore, store: PostStore, ids: dict[str, str]
) -> None:
    assert store.thread(ids["p1"]).table.num_rows == 2
    assert partial.thread(ids["p1"]).table["id"].to_pylist() == [ids["p1"]]
    for some in (store, partial):
        assert some.thread(ids["p1"], columns=["text", "id"]).table.column_names == ["text", "id"]


def test_the_newest_moment_is_that_of_a_post_one_may_see(partial: PartialStore, store: PostStore) -> None:
    assert store.newest() == NEWEST
    assert partial.newest() == NEWEST - timedelta(days=1)


def test_a_query_with_mistakes_stays_one_and_hides_nothing_by_accident(partial: PartialStore) -> None:
    with pytest.raises(ValueError, match="mistakes"):
        partial.count(parse("(queue"))
    with pytest.raises(ValueError, match="left out"):
        PartialStore(partial, parse("type:(")).count(None)
