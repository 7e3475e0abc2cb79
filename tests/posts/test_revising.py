"""One reading changed, the others kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from outlisten.posts.schema import arrow_schema

JUNE, JULY = datetime(2026, 6, 2, tzinfo=UTC), datetime(2026, 7, 2, tzinfo=UTC)
READ = {"sentiment": "negative", "intent": ["complaint"], "voice": "earned", "model": "m1"}


def changed(ids: list[str], at: datetime, **columns: list[object]) -> pa.Table:
    given = {name: pa.array(values, arrow_schema().field(name).type) for name, values in columns.items()}
    moment = pa.array([at] * len(ids), pa.timestamp("s", "UTC"))
    return pa.table({"id": ids, "read_at": moment, **given})


@pytest.fixture
def ids(store, make_posts) -> list[str]:
    """Three posts: of two months, and undated."""
    posts = make_posts(
        {"text": "排队两小时", "created_at": JUNE, **READ},
        {"text": "the queue", "created_at": JULY, **READ},
        {"text": "undated", **READ},
    )
    store.add(posts)
    return posts["id"].to_pylist()


def test_a_voice_changes_alone(store, ids):
    assert store.revise_readings(changed(ids[:1], JULY, voice=["paid"])) == 1
    kept = store.get(ids[0])
    assert (kept["voice"], kept["sentiment"], kept["intent"], kept["model"]) == (
        "paid", "negative", ["complaint"], "m1",
    )  # fmt: skip


def test_posts_of_every_month_and_the_undated_change_at_once(store, ids):
    store.revise_readings(changed(ids, JULY, voice=["owned", "partner", "paid"]))
    assert [store.get(i)["voice"] for i in ids] == ["owned", "partner", "paid"]


def test_the_history_holds_what_was_before(store, ids):
    store.revise_readings(changed(ids[:1], JULY, voice=["paid"]))
    rows = store.history(ids[0])["readings"].table
    assert rows["voice"].to_pylist() == ["earned", "paid"]
    assert rows["sentiment"].to_pylist() == ["negative", "negative"]


def test_tags_are_put_on_and_taken_off(store, ids):
    store.revise_readings(changed(ids[:1], JUNE, topic=[["退款", "refund"]]))
    assert store.get(ids[0])["topic"] == ["退款", "refund"]
    store.revise_readings(changed(ids[:1], JULY, topic=[None]))
    assert store.get(ids[0])["topic"] is None


def test_a_post_that_is_not_kept_is_passed_over(store, ids):
    assert store.revise_readings(changed(["00000000000000aa"], JULY, voice=["paid"])) == 0


def test_two_changes_in_one_second_are_both_in_the_history(store, ids):
    for voice in ("paid", "earned", "partner"):
        store.revise_readings(changed(ids[:1], JULY, voice=[voice]))
    rows = store.history(ids[0])["readings"].table
    assert rows["voice"].to_pylist() == ["earned", "paid", "earned", "partner"]
