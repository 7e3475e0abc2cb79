"""Threads of one process share a store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from outlisten.posts import StoreError
from outlisten.query import parse

START = datetime(2026, 1, 1, tzinfo=UTC)


def batch(make_posts, number):
    return make_posts(*(
        {"text": f"充电宝 {number} {n}", "native_id": f"{number}-{n}", "created_at": START + timedelta(hours=n)}
        for n in range(50)
    ))  # fmt: skip


def test_threads_that_add_at_once_lose_and_mix_nothing(store, make_posts):
    batches = [batch(make_posts, number) for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(store.add, batches))
    kept = store.search(None, limit=1000, columns=["id", "text"]).posts.to_pylist()
    said = {row["id"]: row["text"] for table in batches for row in table.select(["id", "text"]).to_pylist()}
    assert [result.added for result in results] == [50] * 12
    assert {row["id"]: row["text"] for row in kept} == said


def test_questions_are_answered_while_posts_come_in(store, make_posts):
    query = parse("充电宝")
    store.add(batch(make_posts, 0))
    with ThreadPoolExecutor(6) as pool:
        writing = [pool.submit(store.add, batch(make_posts, number)) for number in range(1, 6)]
        boards = [pool.submit(store.dashboard, query) for _ in range(20)]
        counts = [board.result().count for board in boards]
        assert all(result.result().added == 50 for result in writing)
    # A batch is seen whole: every count is a number of whole batches.
    assert all(count % 50 == 0 for count in counts)
    assert store.count(query).value == 300


def test_a_thread_that_waits_when_the_store_closes_is_told(store, make_posts):
    store.add(batch(make_posts, 0))
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(store.count, None) for _ in range(50)]
        store.close()
        outcomes = [question.exception() for question in asked]
    assert all(outcome is None or isinstance(outcome, StoreError) for outcome in outcomes)
