"""A batch comes in: added, updated, duplicate, rejected; and what was not sent stays missing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from outlisten.posts import BadColumn
from outlisten.posts.schema import COLUMNS, arrow_schema

DAY = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 6, 2, tzinfo=UTC)


def test_a_new_post_is_added_and_read_back(store, make_posts):
    posts = make_posts(
        {"text": "充电宝又坏了", "created_at": DAY, "author": "王小明", "is": ["reply"], "rating": 1.5}
    )
    result = store.add(posts)
    kept = store.get(posts["id"][0].as_py())
    assert (result.added, result.updated, result.duplicate) == (1, 0, 0)
    assert result.added_ids == tuple(posts["id"].to_pylist())
    assert (kept["text"], kept["created_at"], kept["author"], kept["is"]) == (
        "充电宝又坏了",
        DAY,
        "王小明",
        ["reply"],
    )


def test_every_missing_field_comes_back_missing(store, make_posts):
    posts = make_posts({"text": "hello", "voice": None})
    store.add(posts)
    kept = store.get(posts["id"][0].as_py())
    for column in COLUMNS:
        if column.missing != "never" and column.name not in {"native_id"}:
            assert kept[column.name] is None, column.name


def test_zero_likes_are_not_unknown_likes(store, make_posts):
    store.add(make_posts({"text": "a", "likes": 0}, {"text": "b"}))
    likes = store.search(None, columns=["text", "likes"]).posts.to_pylist()
    assert {post["text"]: post["likes"] for post in likes} == {"a": 0, "b": None}


def test_an_empty_title_is_not_a_missing_title(store, make_posts):
    store.add(make_posts({"text": "a", "title": ""}, {"text": "b"}))
    titles = store.search(None, columns=["text", "title"]).posts.to_pylist()
    assert {post["text"]: post["title"] for post in titles} == {"a": "", "b": None}


def test_a_second_import_adds_nothing(store, make_posts):
    posts = make_posts(*({"text": f"第{n}条", "likes": n, "created_at": DAY} for n in range(20)))
    store.add(posts)
    again = store.add(posts)
    assert (again.added, again.updated, again.duplicate) == (0, 0, 20)
    assert store.count(None).value == 20


def test_a_post_that_stands_twice_in_a_batch_is_kept_once(store, make_posts):
    result = store.add(make_posts(*({"text": "同一条", "native_id": "7"} for _ in range(3))))
    assert (result.added, result.duplicate, store.count(None).value) == (1, 2, 1)


def test_the_last_words_in_a_batch_win(store, make_posts):
    result = store.add(make_posts({"text": "first", "native_id": "7"}, {"text": "second", "native_id": "7"}))
    assert (result.added, result.updated) == (1, 1)
    assert store.search(None).posts["text"].to_pylist() == ["second"]


def test_posts_of_many_months_go_in_together(store, make_posts):
    posts = make_posts(*({"text": str(n), "created_at": DAY - timedelta(days=31 * n)} for n in range(130)))
    assert store.add(posts).added == 130
    assert store.count(None).value == 130


def test_an_edit_replaces_the_text(store, make_posts):
    store.add(make_posts({"text": "很好用", "created_at": DAY, "likes": 3}))
    result = store.add(make_posts({"text": "不好用", "created_at": DAY, "seen_at": LATER}))
    post = store.search(None, columns=["text", "likes", "seen_at", "edited_at"]).posts.to_pylist()
    assert (result.added, result.updated) == (0, 1)
    assert post == [
        {"text": "不好用", "likes": 3, "seen_at": datetime(2026, 6, 1, 12, tzinfo=UTC), "edited_at": LATER}
    ]


def test_an_edit_may_move_a_post_to_another_month(store, make_posts):
    store.add(make_posts({"text": "old"}))
    store.add(make_posts({"text": "new", "created_at": DAY}))
    assert store.search(None, columns=["text", "created_at"]).posts.to_pylist() == [
        {"text": "new", "created_at": DAY}
    ]


def test_an_edit_without_a_date_keeps_the_date(store, make_posts):
    posts = make_posts({"text": "old", "created_at": DAY})
    store.add(posts)
    store.add(make_posts({"text": "new"}))
    assert store.get(posts["id"][0].as_py())["created_at"] == DAY


def test_newer_numbers_update_a_post(store, make_posts):
    posts = make_posts({"text": "a", "likes": 1, "views": 10})
    store.add(posts)
    result = store.add(make_posts({"text": "a", "likes": 5, "seen_at": LATER}))
    kept = store.get(posts["id"][0].as_py())
    assert (result.updated, result.duplicate, kept["likes"], kept["views"]) == (1, 0, 5, 10)


def test_known_tells_the_fingerprints_of_kept_posts(store, make_posts):
    posts = make_posts({"text": "a"}, {"text": "b"})
    store.add(posts.slice(0, 1))
    first, second = posts["id"].to_pylist()
    assert dict(store.known([first, second])) == {first: posts["fingerprint"][0].as_py()}


def test_a_batch_without_a_column_is_refused_by_name(store, make_posts):
    with pytest.raises(BadColumn, match="stream"):
        store.add(make_posts({"text": "a"}).drop_columns(["stream"]))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "not an id"}, "id"),
        ({"platform": ""}, "platform"),
        ({"created_at": datetime(1960, 1, 1, tzinfo=UTC)}, "date"),
        ({"created_at": datetime(2200, 1, 1, tzinfo=UTC)}, "date"),
    ],
)
def test_a_row_that_cannot_be_kept_is_rejected_with_its_number(store, make_posts, change, reason):
    result = store.add(make_posts({"text": "好"}, {"text": "坏"} | change))
    [(row, said)] = result.rejected
    assert (row, result.added) == (1, 1)
    assert reason in said


def test_an_empty_batch_is_no_trouble(store):
    assert store.add(arrow_schema().empty_table()).added == 0
