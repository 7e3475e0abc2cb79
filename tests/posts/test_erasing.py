"""What is erased is gone: from every answer, from the histories, from the files on the disk."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from outlisten.posts import BadIdentifier, StoreError, open_store

SECRET = "zqxjkvbp"  # a word that nothing else on the disk holds
MAY = datetime(2026, 5, 1, tzinfo=UTC)


def files_that_hold(folder: Path, secret: str) -> list[str]:
    return [
        str(path) for path in folder.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()
    ]


@pytest.fixture
def uncompressed(monkeypatch):
    """Tables without compression, so that a word on the disk can be found by looking for it."""
    from outlisten.posts.chdb import tables

    plain = [re.sub(r"CODEC\([^,]*?\)\)?", "CODEC(NONE)", sql) for sql in tables.definitions()]
    monkeypatch.setattr("outlisten.posts.chdb.opening.definitions", lambda: plain)


def test_the_secret_is_on_the_disk_before_and_nowhere_after(tmp_path, make_posts, uncompressed):
    store = open_store(f"chdb://{tmp_path}/posts")
    secret = {
        "text": f"my number is {SECRET}",
        "author": SECRET,
        "raw": f'{{"t": "{SECRET}"}}',
        "created_at": MAY,
    }
    posts = make_posts(
        secret, *({"text": f"harmless {n}", "native_id": f"h{n}", "created_at": MAY} for n in range(50))
    )
    store.add(posts)
    assert files_that_hold(tmp_path, SECRET)
    erasure = store.erase(ids=posts["id"].to_pylist()[:1])
    assert (erasure.posts, erasure.physically_removed) == (1, True)
    assert files_that_hold(tmp_path, SECRET) == []
    assert store.count(None).value == 50
    store.close()
    assert files_that_hold(tmp_path, SECRET) == []


def test_the_older_text_of_an_edited_post_is_erased_too(tmp_path, make_posts, uncompressed):
    store = open_store(f"chdb://{tmp_path}/posts")
    store.add(make_posts({"text": f"first I said {SECRET}", "created_at": MAY}))
    edited = make_posts({"text": "then I thought better of it", "created_at": MAY})
    store.add(edited)
    store.erase(ids=edited["id"].to_pylist())
    assert files_that_hold(tmp_path, SECRET) == []
    store.close()


def test_an_erasure_that_stopped_halfway_is_finished_by_the_next(
    tmp_path, make_posts, uncompressed, monkeypatch
):
    store = open_store(f"chdb://{tmp_path}/posts")
    posts = make_posts(
        {"text": f"here is {SECRET}", "created_at": MAY}, {"text": "harmless", "created_at": MAY}
    )
    store.add(posts)
    with monkeypatch.context() as patch:
        patch.setattr(
            "outlisten.posts.chdb.erasing.remove", lambda engine: (_ for _ in ()).throw(MemoryError)
        )
        with pytest.raises(MemoryError):
            store.erase(ids=posts["id"].to_pylist()[:1])
    assert (store.count(None).value, bool(files_that_hold(tmp_path, SECRET))) == (1, True)
    assert store.erase(ids=posts["id"].to_pylist()[:1]).physically_removed
    assert files_that_hold(tmp_path, SECRET) == []
    store.close()


def test_all_posts_of_an_account_are_erased_by_any_of_its_names(store, make_posts):
    store.add(make_posts(
        {"text": "1", "author": "王小明", "author_handle": "Ming", "author_id": "77", "created_at": MAY},
        {"text": "2", "author": "王小明", "author_handle": "Ming", "author_id": "77"},
        {"text": "3", "author_handle": "ming", "platform": "weibo"}, {"text": "4", "author": "别人"},
    ))  # fmt: skip
    assert store.erase(author="@ming", platform="x").posts == 2
    assert sorted(store.search(None).posts["text"].to_pylist()) == ["3", "4"]
    assert store.erase(author="MING").posts == 1
    assert store.search(None).posts["text"].to_pylist() == ["4"]


def test_histories_are_erased_with_their_post(store, make_posts):
    posts = make_posts({"text": "a", "likes": 1})
    store.add(posts)
    [identifier] = posts["id"].to_pylist()
    now = pa.array([datetime(2026, 7, 1, tzinfo=UTC)], pa.timestamp("s", "UTC"))
    store.add_engagement(
        pa.table({"id": [identifier], "observed_at": now, "likes": pa.array([2], pa.uint64())})
    )
    store.erase(ids=[identifier])
    assert store.get(identifier) is None
    assert [rows.table.num_rows for rows in store.history(identifier).values()] == [0, 0]


def test_an_erased_post_may_come_back_when_it_is_imported_again(store, make_posts):
    posts = make_posts({"text": "a"})
    store.add(posts)
    store.erase(ids=posts["id"].to_pylist())
    assert store.add(posts).added == 1
    assert store.count(None).value == 1


def test_erasing_what_is_not_there_removes_nothing(store, make_posts):
    store.add(make_posts({"text": "a"}))
    erasure = store.erase(ids=["00000000000000aa"], author="nobody")
    assert (erasure.posts, erasure.ids, store.count(None).value) == (0, (), 1)


def test_an_erasure_must_name_somebody(store):
    with pytest.raises(StoreError, match="which posts"):
        store.erase(platform="x")


def test_an_erasure_by_something_that_is_no_id_is_refused(store):
    with pytest.raises(BadIdentifier):
        store.erase(ids=["1 OR 1=1"])
