"""Numbers and readings change over time; the words do not."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from outlisten.posts.schema import arrow_schema

MAY, JUNE, JULY = (datetime(2026, month, 1, tzinfo=UTC) for month in (5, 6, 7))
SEEN = datetime(2026, 6, 1, 12, tzinfo=UTC)


def observed(identifier, moment, **numbers):
    columns = {"likes": None, "comments": None, "shares": None, "views": None} | numbers
    table = {"id": [identifier], "observed_at": pa.array([moment], pa.timestamp("s", "UTC"))}
    return pa.table(table | {name: pa.array([value], pa.uint64()) for name, value in columns.items()})


def read(identifier, moment, **reading):
    schema = arrow_schema("reading")
    row = dict.fromkeys(schema.names) | {"mixed": False} | reading
    table = pa.Table.from_pylist([row], schema=schema).add_column(0, "id", [[identifier]])
    return table.add_column(1, "read_at", pa.array([moment], pa.timestamp("s", "UTC")))


@pytest.fixture
def post(store, make_posts):
    """The id of a kept post with three likes."""
    posts = make_posts(
        {"text": "客服态度很好", "created_at": MAY, "likes": 3, "sentiment": "neutral", "model": "m1"}
    )
    store.add(posts)
    return posts["id"][0].as_py()


def test_new_numbers_are_shown_and_the_old_kept(store, post):
    assert store.add_engagement(observed(post, JULY, likes=9, views=100)) == 1
    kept, history = store.get(post), store.history(post)["engagement"].table
    assert (kept["likes"], kept["views"], kept["text"]) == (9, 100, "客服态度很好")
    assert history["likes"].to_pylist() == [3, 9]
    assert history["observed_at"].to_pylist() == [SEEN, JULY]


def test_a_number_that_was_not_sent_does_not_hide_the_last_one(store, post):
    store.add_engagement(observed(post, JULY, views=5))
    assert (store.get(post)["likes"], store.get(post)["views"]) == (3, 5)


def test_numbers_may_fall(store, post):
    store.add_engagement(observed(post, JULY, likes=0))
    assert store.get(post)["likes"] == 0


def test_the_same_numbers_again_change_nothing(store, post):
    assert store.add_engagement(observed(post, JULY, likes=3)) == 0
    assert store.history(post)["engagement"].table.num_rows == 1


def test_an_observation_told_twice_is_kept_once(store, post):
    store.add_engagement(observed(post, JULY, likes=9))
    store.add_engagement(observed(post, datetime(2026, 8, 1, tzinfo=UTC), likes=10))
    store.add_engagement(observed(post, JULY, likes=9))
    assert store.history(post)["engagement"].table["likes"].to_pylist() == [3, 9, 10]
    assert store.get(post)["likes"] == 10


def test_numbers_of_an_unknown_post_are_passed_over(store):
    assert store.add_engagement(observed("00000000000000aa", JULY, likes=1)) == 0


def test_a_post_that_came_without_numbers_has_no_first_observation(store, make_posts):
    posts = make_posts({"text": "a"})
    store.add(posts)
    assert store.history(posts["id"][0].as_py())["engagement"].table.num_rows == 0


def test_a_newer_reading_replaces_the_older_whole(store, post):
    assert (
        store.add_readings(read(post, JULY, sentiment="positive", intent=["praise", "表扬"], model="m2")) == 1
    )
    kept = store.get(post)
    assert (kept["sentiment"], kept["intent"], kept["model"]) == ("positive", ["praise", "表扬"], "m2")
    assert store.history(post)["readings"].table["model"].to_pylist() == ["m1", "m2"]


def test_what_the_newer_model_cannot_tell_is_missing_again(store, post):
    store.add_readings(read(post, JULY, sentiment=None, sentiment_score=None, model="m2"))
    assert store.get(post)["sentiment"] is None


def test_an_older_reading_that_comes_late_is_not_shown(store, post):
    store.add_readings(read(post, JULY, sentiment="positive", model="m3"))
    store.add_readings(read(post, JUNE, sentiment="negative", model="m2"))
    assert store.get(post)["sentiment"] == "positive"
    assert store.history(post)["readings"].table["model"].to_pylist() == ["m2", "m1", "m3"]


def test_changes_reach_posts_of_different_months_and_the_undated(store, make_posts):
    posts = make_posts(
        *({"text": str(n), "created_at": moment} for n, moment in enumerate([MAY, JUNE, JULY, None]))
    )
    store.add(posts)
    changes = pa.concat_tables(observed(i, JULY, likes=n) for n, i in enumerate(posts["id"].to_pylist()))
    assert store.add_engagement(changes) == 4
    likes = store.search(None, columns=["text", "likes"]).posts.to_pylist()
    assert {row["text"]: row["likes"] for row in likes} == {"0": 0, "1": 1, "2": 2, "3": 3}


def test_an_edit_keeps_the_history_of_its_post(store, post, make_posts):
    store.add_engagement(observed(post, JULY, likes=9))
    store.add(make_posts({"text": "客服态度一般", "created_at": MAY, "seen_at": JULY, "model": "m1"}))
    kept, history = store.get(post), store.history(post)
    assert (kept["text"], kept["likes"]) == ("客服态度一般", 9)
    assert history["engagement"].table["likes"].to_pylist() == [3, 9]
    assert history["readings"].table.num_rows == 2
