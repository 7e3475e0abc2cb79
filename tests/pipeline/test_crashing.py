"""An import that is killed at any moment and started again ends as if nothing had happened."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from threading import Timer

from outlisten.posts import open_store

SCRIPT = Path(__file__).with_name("importer.py")
ROWS = 1200


def run(folder: Path, file: Path, kill_after: float | None = None) -> bool:
    """Whether the import came to its end."""
    command = [sys.executable, str(SCRIPT), str(folder), str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "open\n"
        if kill_after is not None:
            Timer(kill_after, process.kill).start()
        process.stdout.read()
    return process.returncode == 0


def test_an_import_killed_eight_times_adds_every_post_once_and_acts_on_each(tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    rows = [f"{n},2026-05-{1 + n % 28:02d},第{n}个人说 post {n}\n" for n in range(ROWS)]
    file.write_text("id,date,text\n" + "".join(rows), encoding="utf-8")
    chance = random.Random(3)  # the first kill comes early
    finished = [run(tmp_path, file, kill_after=chance.uniform(0.05, 0.6)) for _ in range(8)]
    assert not finished[0], "the first run was to be killed in its midst"
    assert run(tmp_path, file)
    store = open_store(f"chdb://{tmp_path / 'posts'}")
    ids = store.search(None, limit=10_000, columns=["id"]).posts["id"].to_pylist()
    store.close()
    assert len(ids) == len(set(ids)) == ROWS
    assert set((tmp_path / "acted").read_text().split()) == set(ids)
