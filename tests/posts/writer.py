"""A process that adds batches to a store and says so, to be killed: `python writer.py FOLDER SEED`.

Prints `<batch> done` after each acknowledged batch. Batches overlap, edit each other and bring newer numbers; batch
`n` of a seed is always the same, so that whoever restarts it repeats what was under way.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from outlisten.posts import PostStore
from outlisten.posts.chdb.store import ChdbStore  # loading the engine is not what is to be killed
from outlisten.posts.identity import post_id
from outlisten.posts.schema import arrow_schema

START = datetime(2026, 1, 10, tzinfo=UTC)
NATIVES, ROWS = 400, 60


def version(batch: int, native: int) -> dict[str, object]:
    """Post `native` as batch `batch` has it. Its words change with every third batch."""
    edition = batch // 3
    text = f"post {native} edition {edition}"
    post: dict[str, object] = dict.fromkeys(arrow_schema().names)
    names = "sentences paragraphs hashtags mentions codes links author_names to_names"
    lists: dict[str, object] = {name: [] for name in names.split()}
    return post | lists | {
        "id": identifier(native), "platform": "x", "native_id": str(native), "text": text, "stream": text,
        "created_at": START + timedelta(days=native % 40), "seen_at": START + timedelta(days=60, minutes=batch),
        "date_only": False, "mixed": False, "title_tokens": 0, "fingerprint": edition * 1000 + native,
        "likes": batch * 1000 + native,
    }  # fmt: skip


def identifier(native: int) -> str:
    """The post's id."""
    return post_id("x", str(native), author=None, created_at=None, text="")


def natives(seed: int, batch: int) -> list[int]:
    """Which posts a batch holds."""
    return random.Random(f"{seed} {batch}").sample(range(NATIVES), ROWS)


def table(seed: int, batch: int) -> pa.Table:
    """A batch."""
    return pa.Table.from_pylist(
        [version(batch, native) for native in natives(seed, batch)], schema=arrow_schema()
    )


def write(store: PostStore, seed: int, first: int) -> None:
    """Batches without end, from `first` on."""
    batch = first
    while True:
        store.add(table(seed, batch))
        print(batch, "done", flush=True)
        batch += 1


if __name__ == "__main__":
    folder, seed, first = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    print("open", flush=True)
    write(ChdbStore(Path(folder), url=f"chdb://{folder}"), seed, first)
