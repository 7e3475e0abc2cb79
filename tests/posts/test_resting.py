"""What a store does by itself when no posts come in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from outlisten.posts.chdb import resting
from outlisten.posts.errors import StoreError
from outlisten.query import parse

NOON = datetime(2026, 5, 20, 12, tzinfo=UTC)


def parts(store):
    sql = "SELECT partition_id AS month, count() AS parts FROM system.parts WHERE active AND table = 'posts' GROUP BY month"
    return {row["month"]: row["parts"] for row in store._engine.ask(sql).table.to_pylist()}


def taken_in_pieces(store, make_posts):
    for number in range(6):
        moment = NOON + timedelta(days=20 * (number % 2), minutes=number)
        text = f"第{number}次等位，still waiting"
        store.add(make_posts({"text": text, "created_at": moment, "native_id": f"p{number}"}))


def test_each_month_is_joined_into_one_part_and_answers_stay(store, make_posts):
    taken_in_pieces(store, make_posts)
    before = store.search(parse("等位 still"), limit=10).posts
    assert sum(parts(store).values()) > 2
    store.rest()
    assert parts(store) == {"202605": 1, "202606": 1}
    assert store.search(parse("等位 still"), limit=10).posts.equals(before)


def test_joining_stops_when_posts_come_in(store, make_posts, monkeypatch):
    taken_in_pieces(store, make_posts)
    months = resting._in_parts(store._engine)

    def a_post_comes_in(engine):
        store.add(make_posts({"text": "新的一条", "created_at": NOON, "native_id": "new"}))
        return months

    monkeypatch.setattr(resting, "_in_parts", a_post_comes_in)
    before = parts(store)
    store.rest()
    assert sum(parts(store).values()) > sum(before.values())


def test_a_store_may_be_closed_while_it_joins(store, make_posts):
    taken_in_pieces(store, make_posts)
    with ThreadPoolExecutor(1) as beside:
        resting_beside = beside.submit(store.rest)
        store.close()
        with suppress(StoreError):  # it came too late
            resting_beside.result(timeout=60)
