"""Vectors of posts: added late and only once, found by nearness, gone with their post."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from outlisten.posts import BadColumn, PostStore
from outlisten.posts.chdb import nearest as asking
from outlisten.posts.partial import PartialStore
from outlisten.posts.store import Budget, TimeRange
from outlisten.query import parse

MODEL = "made-up@1"
MARCH = datetime(2026, 3, 10, tzinfo=UTC)
Make = Callable[..., pa.Table]


def vector(degrees: float) -> list[float]:
    """A unit vector in a plane: nearness is the cosine of the angle."""
    angle = np.radians(degrees)
    return [*np.full(8, np.cos(angle) / 8**0.5).tolist(), *np.full(8, np.sin(angle) / 8**0.5).tolist()]


def give(store: PostStore, angles: dict[str, float], model: str = MODEL) -> int:
    """Work off what is lacking: the angle of a post is by its text."""
    left = store.without_vectors(model, limit=1000)
    degrees = [angles[text] for text in left["text"].to_pylist()]
    made = left.select(["id", "fingerprint"]).append_column(
        "signature", pa.array([int(angle) for angle in degrees], pa.uint64())
    )
    return store.add_vectors(
        made.append_column("vector", pa.array([vector(a) for a in degrees], pa.list_(pa.float32()))),
        model=model,
    )


ANGLES: dict[str, float] = {"east": 0, "近东": 10, "north east": 45, "北": 90, "private": 5, "undated": 20}


@pytest.fixture
def ids(store: PostStore, make_posts: Make) -> dict[str, str]:
    """One post a month, the first the newest."""
    given: list[dict[str, Any]] = [
        {"text": text, "native_id": text, "created_at": MARCH - timedelta(days=31 * n)}
        for n, text in enumerate(ANGLES)
    ]
    given[4]["type"], given[5]["created_at"] = "message", None
    table = make_posts(*given)
    store.add(table)
    return dict(zip(table["text"].to_pylist(), table["id"].to_pylist(), strict=True))


def texts(ids: dict[str, str], found: Any) -> list[str]:
    names = {identifier: text for text, identifier in ids.items()}
    return [names[identifier] for identifier in found.table["id"].to_pylist()]


def test_what_lacks_a_vector_is_named_newest_first_until_all_have_one(store, ids):
    assert store.without_vectors(MODEL, limit=3)["text"].to_pylist() == ["east", "近东", "north east"]
    assert give(store, ANGLES) == len(ANGLES)
    assert store.without_vectors(MODEL, limit=3).num_rows == 0
    assert store.with_vectors(MODEL) == len(ANGLES)


def test_the_nearest_come_first_with_their_similarity(store, ids):
    give(store, ANGLES)
    found = store.nearest(vector(0), model=MODEL, limit=4)
    assert texts(ids, found) == ["east", "private", "近东", "undated"]
    expected = [np.cos(np.radians(angle)) for angle in (0, 5, 10, 20)]
    assert found.table["similarity"].to_pylist() == pytest.approx(expected, abs=0.02)
    assert found.table["signature"].to_pylist() == [0, 5, 10, 20]
    assert not found.cut


def test_a_time_range_leaves_out_what_is_outside_and_undated(store, ids):
    give(store, ANGLES)
    window = TimeRange(MARCH - timedelta(days=40), MARCH - timedelta(days=1))
    assert texts(ids, store.nearest(vector(0), model=MODEL, window=window)) == ["近东"]


@pytest.mark.parametrize("at_least", [1_000, 1], ids=["among the nearest", "of all that is found"])
def test_a_query_narrows_what_is_compared(store, ids, monkeypatch, at_least):
    monkeypatch.setattr(asking, "AT_LEAST", at_least)
    monkeypatch.setattr(asking, "WIDER", 1)
    give(store, ANGLES)
    found = store.nearest(vector(0), model=MODEL, query=parse("北 OR north"), limit=2)
    assert texts(ids, found) == ["north east", "北"]
    assert store.nearest(vector(0), model=MODEL, query=parse("nobody"), limit=2).table.num_rows == 0


def test_who_sees_a_part_finds_nothing_of_the_rest(store, ids):
    give(store, ANGLES)
    partial = PartialStore(store, parse("type:message"))
    assert "private" not in texts(ids, partial.nearest(vector(5), model=MODEL, limit=10))
    assert "private" not in texts(
        ids, partial.nearest(vector(5), model=MODEL, query=parse("private OR east"), limit=10)
    )


def test_adding_again_adds_nothing_and_a_limit_of_rows_says_so(store, ids):
    left = store.without_vectors(MODEL, limit=10)
    give(store, ANGLES)
    again = left.select(["id", "fingerprint"]).append_column(
        "signature", pa.array([1] * len(left), pa.uint64())
    )
    again = again.append_column("vector", pa.array([vector(0)] * len(left), pa.list_(pa.float32())))
    assert store.add_vectors(again, model=MODEL) == 0
    cut = store.nearest(vector(0), model=MODEL, limit=5, budget=Budget(rows=2, seconds=10))
    assert (cut.table.num_rows, cut.cut) == (2, True)
    assert store.nearest(vector(0), model=MODEL, budget=Budget(seconds=1e-9)).cut


def test_another_model_starts_anew_and_takes_the_place_of_the_older(store, ids):
    give(store, ANGLES)
    assert store.without_vectors("made-up@2", limit=10).num_rows == len(ANGLES)
    assert store.nearest(vector(0), model="made-up@2").table.num_rows == 0
    give(store, ANGLES, "made-up@2")
    assert (store.with_vectors(MODEL), store.with_vectors("made-up@2")) == (0, len(ANGLES))


def test_an_edited_post_is_given_a_new_vector_and_an_older_one_comes_too_late(store, ids, make_posts):
    before = store.without_vectors(MODEL, limit=10)
    give(store, ANGLES)
    store.add(make_posts({"text": "北", "native_id": "east", "created_at": MARCH}))
    left = store.without_vectors(MODEL, limit=10)
    assert left["id"].to_pylist() == [ids["east"]]
    late = before.select(["id", "fingerprint"]).append_column(
        "signature", pa.array([1] * len(before), pa.uint64())
    )
    late = late.append_column("vector", pa.array([vector(0)] * len(before), pa.list_(pa.float32())))
    assert store.add_vectors(late, model=MODEL) == 0, "made from words that are no longer there"
    assert give(store, ANGLES) == 1
    assert store.nearest(vector(90), model=MODEL, limit=2).table["similarity"].to_pylist() == pytest.approx(
        [1, 1], abs=0.02
    )


def test_the_vector_of_an_erased_post_is_erased_and_never_added_later(store, ids):
    left = store.without_vectors(MODEL, limit=10)
    give(store, ANGLES)
    assert store.erase(ids=[ids["east"]]).physically_removed
    assert store.with_vectors(MODEL) == len(ANGLES) - 1
    assert "east" not in texts(ids, store.nearest(vector(0), model=MODEL))
    made = left.select(["id", "fingerprint"]).append_column(
        "signature", pa.array([1] * len(left), pa.uint64())
    )
    assert (
        store.add_vectors(
            made.append_column("vector", pa.array([vector(0)] * len(left), pa.list_(pa.float32()))),
            model=MODEL,
        )
        == 0
    )


def test_rows_without_a_vector_are_refused_in_one_sentence(store, ids):
    with pytest.raises(BadColumn, match="vector"):
        store.add_vectors(store.without_vectors(MODEL, limit=1), model=MODEL)


def test_an_empty_store_lacks_nothing_and_finds_nothing(store):
    assert store.without_vectors(MODEL, limit=5).column_names == ["id", "fingerprint", "title", "text"]
    assert store.nearest(vector(0), model=MODEL).table.column_names == ["id", "similarity", "signature"]
