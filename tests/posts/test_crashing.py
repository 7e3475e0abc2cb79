"""A process that is killed at any moment loses nothing it acknowledged, and doubles nothing."""

from __future__ import annotations

import importlib.util
import random
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest

from outlisten.posts import open_store

SCRIPT = Path(__file__).with_name("writer.py")
SPEC = importlib.util.spec_from_file_location("writer", SCRIPT)
writer = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(writer)


def killed_run(folder: Path, seed: int, first: int, seconds: float) -> list[int]:
    """Acknowledged batches of a writer that is killed after so many seconds of writing."""
    command = [sys.executable, str(SCRIPT), str(folder), str(seed), str(first)]
    done: list[int] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "open\n"
        Timer(seconds, process.kill).start()
        # A last line may be torn by the kill; what is not whole was not acknowledged.
        done += [int(line.split()[0]) for line in process.stdout if line.endswith(" done\n")]
    return done


def check(folder: Path, seed: int, acknowledged: int) -> None:
    """Every post of the acknowledged batches stands once, with words and numbers at least as new as acknowledged."""
    store = open_store(f"chdb://{folder}")
    rows = store.search(None, limit=10_000, columns=["id", "native_id", "text", "likes"]).posts.to_pylist()
    kept = {row["id"]: row for row in rows}
    assert len(kept) == len(rows) == store.count(None).value
    for batch in range(acknowledged + 1):
        for native in writer.natives(seed, batch):
            row = kept[writer.identifier(native)]
            assert int(row["text"].split()[-1]) >= batch // 3
            assert row["likes"] >= batch * 1000 + native
    assert all(row["text"].startswith(f"post {row['native_id']} ") for row in rows)
    store.close()


def crash_again_and_again(folder: Path, rounds: int, seed: int) -> int:
    """Kills a writer `rounds` times at random moments, checking each time; returns the batches acknowledged."""
    chance, acknowledged, kills = random.Random(seed), -1, 0
    while kills < rounds or acknowledged < rounds // 3:
        # A machine that is too busy to finish a batch gets more time, not a green test.
        done = killed_run(folder, seed, acknowledged + 1, chance.uniform(0.2, 1.5) * (1 + kills // rounds))
        acknowledged, kills = max([acknowledged, *done]), kills + 1
        check(folder, seed, acknowledged)
    return acknowledged


def test_a_store_killed_ten_times_loses_and_doubles_nothing(tmp_path):
    assert crash_again_and_again(tmp_path / "posts", rounds=10, seed=1) >= 3


@pytest.mark.slow
def test_a_store_killed_sixty_times_loses_and_doubles_nothing(tmp_path):
    assert crash_again_and_again(tmp_path / "posts", rounds=60, seed=2) >= 20


def test_an_edit_stopped_between_its_two_steps_leaves_the_new_text(store, make_posts, monkeypatch):
    store.add(make_posts({"text": "old words"}))
    with monkeypatch.context() as patch:
        patch.setattr(
            "outlisten.posts.chdb.editing.remove_older", lambda *args: (_ for _ in ()).throw(MemoryError)
        )
        with pytest.raises(MemoryError):
            store.add(make_posts({"text": "new words"}))
    store.close()
    again = open_store(store.url)
    assert again.search(None).posts["text"].to_pylist() == ["new words"]
    assert again.add(make_posts({"text": "new words"})).duplicate == 1
    again.close()


def test_after_a_failure_the_store_goes_on_with_what_is_really_kept(store, make_posts, monkeypatch):
    posts = make_posts(*({"text": str(n)} for n in range(5)))
    with monkeypatch.context() as patch:
        # The rows are committed, then the process learns of a failure.
        patch.setattr(
            "outlisten.posts.chdb.known.KnownPosts.put", lambda *args: (_ for _ in ()).throw(MemoryError)
        )
        with pytest.raises(MemoryError):
            store.add(posts)
    assert (store.add(posts).duplicate, store.count(None).value) == (5, 5)
