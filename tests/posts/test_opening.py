"""An address becomes a store, or one clear sentence."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from outlisten.posts import StoreBusy, StoreError, StoreMissing, open_store
from outlisten.posts.chdb.tables import READINGS
from outlisten.posts.schema import WHEN

HOLD = "import sys; from outlisten.posts import open_store; held = open_store(sys.argv[1]); print('open', flush=True); input()"


@pytest.mark.parametrize(
    "url", ["", "posts", "chdb:posts", "chdb://host/posts", "chdb:///", "sqlite:///x", "/tmp/x"]
)
def test_an_address_of_another_kind_is_explained(url):
    with pytest.raises(StoreError, match="chdb:///path"):
        open_store(url)


def test_a_clickhouse_server_is_said_to_come_later_without_its_password():
    with pytest.raises(StoreError, match="not supported yet") as said:
        open_store("clickhouse://me:secret@example.org/posts")
    assert "secret" not in str(said.value)


def test_every_sentence_exists_in_chinese():
    from outlisten.posts import errors

    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, StoreError)
    ]
    kinds.remove(errors.TooBroad)  # says what the query language says (tests/query/test_explain.py)
    details = dict.fromkeys(("folder", "pid", "other", "reason", "url", "cursor", "field", "known", "columns",
                             "identifier"), "X")  # fmt: skip
    for kind in kinds:
        assert any("\u4e00" <= letter <= "\u9fff" for letter in kind(**details).text("zh-hans")), kind


def test_a_store_that_is_not_there_is_not_made_when_not_asked(tmp_path):
    with pytest.raises(StoreMissing):
        open_store(f"chdb://{tmp_path}/posts", create=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["with space", "帖子", "per%cent", "a&b=c#d"])
def test_a_folder_may_have_any_name(tmp_path, name, make_posts):
    from urllib.parse import quote

    url = f"chdb://{quote(str(tmp_path / name))}"
    store = open_store(url)
    store.add(make_posts({"text": "好"}))
    store.close()
    assert (tmp_path / name / "data").is_dir()
    again = open_store(url, create=False)
    assert again.count(None).value == 1
    again.close()


def test_a_file_in_the_place_of_the_folder_is_explained(tmp_path):
    (tmp_path / "posts").write_text("I am a file")
    with pytest.raises(StoreError, match="posts"):
        open_store(f"chdb://{tmp_path}/posts")


def test_a_store_held_by_another_process_names_it(tmp_path):
    url = f"chdb://{tmp_path}/posts"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(StoreBusy) as said:
            open_store(url)
        assert said.value.pid == holder.pid
        assert str(holder.pid) in str(said.value)
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
    open_store(url).close()


def test_a_second_folder_in_one_process_is_refused(store, tmp_path):
    with pytest.raises(StoreBusy, match="already has the posts"):
        open_store(f"chdb://{tmp_path}/other")


def test_the_same_folder_cannot_be_opened_twice(store):
    with pytest.raises(StoreBusy) as said:
        open_store(store.url)
    assert said.value.pid == os.getpid()


def test_a_closed_store_says_so(store):
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.count(None)
    store.close()


def test_a_durable_store_keeps_posts(tmp_path, make_posts):
    store = open_store(f"chdb://{tmp_path}/posts?durable=1")
    assert store.add(make_posts({"text": "坚固"})).added == 1
    store.close()


def test_an_older_folder_gets_the_columns_it_lacks(tmp_path, make_posts, monkeypatch):
    from outlisten.posts.chdb import tables

    lacking = ("`urgency` ", "`flags` ", "`urgency_reasons` ")
    older = [
        "\n".join(line for line in sql.split("\n") if not line.strip().startswith(lacking))
        for sql in tables.definitions()
    ]
    monkeypatch.setattr("outlisten.posts.chdb.opening.definitions", lambda: older)
    monkeypatch.setattr("outlisten.posts.chdb.opening.additions", lambda present: [])
    open_store(f"chdb://{tmp_path}/posts").close()
    monkeypatch.undo()
    store = open_store(f"chdb://{tmp_path}/posts")
    posts = make_posts({"text": "a", "urgency": 0.5, "flags": ["spam"]})
    assert store.add(posts).added == 1
    now = pa.array([datetime(2030, 1, 1, tzinfo=UTC)], WHEN)
    again = make_posts({"text": "a", "urgency": 1.0, "urgency_reasons": ["money"]})
    assert store.add_readings(again.select(["id", *READINGS]).append_column("read_at", now)) == 1
    kept = store.get(posts["id"][0].as_py())
    assert (kept["urgency"], kept["flags"], kept["urgency_reasons"]) == (1.0, None, ["money"])
    read = store.history(kept["id"])["readings"].table
    assert (read["flags"].to_pylist(), read["urgency_reasons"].to_pylist()) == (
        [["spam"], None],
        [None, ["money"]],
    )
    store.close()
