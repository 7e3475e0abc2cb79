"""The way in, on a real store: nothing twice, nothing lost, numbers renewed, hooks never skipped."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from outlisten.pipeline import FolderJournal, Hooks, Pipeline, Readers
from outlisten.posts.schema import arrow_schema
from outlisten.posts.store import PostStore
from outlisten.query import parse

DAY = datetime(2026, 5, 1, 9, tzinfo=UTC)


def batch(*posts: dict[str, object]) -> pa.Table:
    rows = [
        {"platform": "weibo", "native_id": str(n), "created_at": DAY, **post} for n, post in enumerate(posts)
    ]
    names = [name for name in arrow_schema("given").names if any(name in row for row in rows)]
    return pa.Table.from_pylist(rows, schema=pa.schema([arrow_schema().field(name) for name in names]))


def pipeline(store: PostStore, **parts: object) -> Pipeline:
    return Pipeline(store, readers=Readers(0), clock=lambda: DAY, **parts)


def test_what_came_in_can_be_asked_for_with_its_readings(store: PostStore) -> None:
    result = pipeline(store).ingest(
        batch({"text": "充电宝又坏了，客服态度太差"}, {"text": "love the new charger"})
    )
    assert (result.added, result.duplicate, result.rejected) == (2, 0, ())
    found = store.search(parse("充电宝 情感:负面")).posts.to_pylist()
    assert [(post["lang"], post["sentiment"], post["voice"]) for post in found] == [
        ("zh", "negative", "unknown")
    ]


def test_the_same_batch_again_adds_nothing(store: PostStore) -> None:
    way_in = pipeline(store)
    way_in.ingest(batch({"text": "排队两小时"}, {"text": "waiting"}))
    again = way_in.ingest(batch({"text": "排队两小时"}, {"text": "waiting"}))
    assert (again.added, again.updated, again.duplicate) == (0, 0, 2)
    assert store.count(None).value == 2


def test_the_same_post_twice_in_one_batch_is_kept_once(store: PostStore) -> None:
    result = pipeline(store).ingest(
        batch({"text": "退款呢", "native_id": "7"}, {"text": "退款呢", "native_id": "7"})
    )
    assert (result.added, result.duplicate) == (1, 1)


def test_an_edited_post_is_updated_and_found_by_its_new_words_only(store: PostStore) -> None:
    way_in = pipeline(store)
    way_in.ingest(batch({"text": "屏幕碎了"}))
    assert way_in.ingest(batch({"text": "屏幕没事"})).updated == 1
    assert store.count(parse("碎了")).value == 0
    assert store.count(parse("没事")).value == 1


def test_new_numbers_of_a_known_post_are_kept_with_their_history(store: PostStore) -> None:
    way_in = pipeline(store)
    way_in.ingest(batch({"text": "涨价了", "likes": 3}))
    assert way_in.ingest(batch({"text": "涨价了", "likes": 9})).updated == 1
    assert way_in.ingest(batch({"text": "涨价了", "likes": 9})).duplicate == 1
    assert way_in.ingest(batch({"text": "涨价了"})).duplicate == 1
    assert store.count(parse("likes:9")).value == 1


def test_a_rejected_row_keeps_its_number_in_the_batch(store: PostStore) -> None:
    posts = batch({"text": "好"}, {"text": "", "title": None}, {"text": "fine"})
    result = pipeline(store).ingest(posts)
    assert result.added == 2
    assert result.rejected == ((1, "it has neither text nor title"),)


def test_hooks_get_what_was_added_and_not_what_was_known(store: PostStore) -> None:
    seen: list[str] = []
    hooks = Hooks(
        match=lambda posts: [("q", i) for i in posts["id"].to_pylist()],
        act=lambda posts, found: seen.extend(found),
    )
    way_in = pipeline(store, hooks=hooks)
    way_in.ingest(batch({"text": "求助"}))
    way_in.ingest(batch({"text": "求助"}, {"text": "help"}))
    assert len(seen) == 2


def test_a_crash_between_keeping_and_acting_is_made_up_for(store: PostStore, tmp_path: Path) -> None:
    def crash(posts: pa.Table, found: object) -> None:
        raise KeyboardInterrupt

    journal = FolderJournal(tmp_path / "journal")
    with pytest.raises(KeyboardInterrupt):
        pipeline(store, journal=journal, hooks=Hooks(act=crash)).ingest(batch({"text": "投诉无门"}))
    acted: list[str] = []
    after = pipeline(
        store, journal=journal, hooks=Hooks(act=lambda posts, found: acted.extend(posts["text"].to_pylist()))
    )
    assert after.recover() == 1
    assert acted == ["投诉无门"]
    assert after.recover() == 0


def test_reading_in_other_processes_gives_the_same_posts(store: PostStore) -> None:
    posts = batch(*({"text": f"第{n}次等位太久 waited {n} hours"} for n in range(300)))
    readers = Readers(1)
    way_in = Pipeline(store, readers=readers, clock=lambda: DAY)
    assert [result.added for result in way_in.ingest_many([posts, posts])] == [300, 0]
    way_in.close()
    assert store.count(parse("等位 waited")).value == 300


def test_what_people_declared_of_posts_is_kept_with_them(store: PostStore) -> None:
    def ours(posts: pa.Table) -> pa.Table:
        return posts.set_column(posts.column_names.index("voice"), "voice", [["owned"] * posts.num_rows])

    pipeline(store, hooks=Hooks(declare=ours)).ingest(batch({"text": "新品上市"}, {"text": "new in"}))
    assert store.count(parse("声源:自有")).value == 2


def test_posts_whose_words_changed_are_told_apart_from_new_ones(store: PostStore) -> None:
    new: list[str] = []
    edited: list[str] = []
    hooks = Hooks(
        act=lambda posts, _matches: new.extend(posts["text"].to_pylist()),
        edited=lambda posts: edited.extend(posts["text"].to_pylist()),
    )
    way_in = pipeline(store, hooks=hooks)
    way_in.ingest(batch({"text": "屏幕碎了"}, {"text": "waiting"}))
    way_in.ingest(batch({"text": "屏幕没事"}, {"text": "waiting"}, {"text": "再来一条"}))
    assert (new, edited) == (["屏幕碎了", "waiting", "再来一条"], ["屏幕没事"])
