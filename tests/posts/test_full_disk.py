"""A full disk: one sentence, nothing acknowledged lost, and the store goes on when there is room again."""

from __future__ import annotations

import os
import secrets
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from outlisten.posts import StoreFull, open_store


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 48 MB."""
    if os.geteuid() != 0:
        pytest.skip("making a small file system needs root")
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", folder], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip(f"a small file system cannot be mounted here: {made.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def batch(make_posts, number):
    """A hundred posts with a megabyte that does not compress."""
    return make_posts(*(
        {"text": f"batch {number} post {n}", "native_id": f"{number}-{n}", "raw": secrets.token_hex(5_000)}
        for n in range(100)
    ))  # fmt: skip


def fill(store, make_posts) -> int:
    """Batches acknowledged until the disk is full."""
    for number in range(1000):
        try:
            store.add(batch(make_posts, number))
        except StoreFull:
            return number
    raise AssertionError("the disk never filled up")


def test_a_full_disk_loses_nothing_acknowledged(small_disk, make_posts):
    ballast = Path(small_disk) / "ballast"
    ballast.write_bytes(b"\0" * 8_000_000)
    store = open_store(f"chdb://{small_disk}/posts")
    kept = fill(store, make_posts)
    assert kept > 3
    assert store.count(None).value >= kept * 100
    ballast.unlink()
    again = store.add(batch(make_posts, kept))
    assert again.added + again.duplicate == 100
    assert store.count(None).value == (kept + 1) * 100
    store.close()


def test_a_full_disk_at_opening_is_explained(small_disk):
    ballast = Path(small_disk) / "ballast"
    with suppress(OSError):
        ballast.write_bytes(b"\0" * 64_000_000)
    with pytest.raises(StoreFull, match="is full") as said:
        open_store(f"chdb://{small_disk}/posts")
    assert "磁盘已满" in said.value.text("zh-hans")
