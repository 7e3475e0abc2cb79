"""Bytes on disk for each post in the store, raw record included, beside the same posts as gzip'd JSON Lines.

python benchmarks/disk_per_post.py --posts 300000 --shared ../shared --write docs/explanation/measured/disk-per-post.md
"""

from __future__ import annotations

import argparse
import gzip
import os
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parent))
from grown_posts import Plan, grow
from machine import machine

from outlisten.posts import open_store
from outlisten.posts.chdb.mutations import settle
from outlisten.posts.chdb.store import ChdbStore
from outlisten.posts.schema import arrow_schema


@dataclass(frozen=True)
class Sizes:
    """Bytes a post: of each column, of the indexes, of the whole folder, and of what it is compared with."""

    columns: dict[str, float]
    text_index: float
    other_indexes: float
    folder: float
    raw_text: float
    raw_gzip: float
    raw_plain: float


def measured(files: list[Path], folder: Path) -> Sizes:
    """Loads the posts, merges them as a night would, and looks at the disk."""
    store = open_store(f"chdb://{folder / 'posts'}")
    assert isinstance(store, ChdbStore)
    posts = text = 0
    with gzip.open(folder / "posts.jsonl.gz", "wb", compresslevel=6) as lines:
        for file in files:
            table = _complete(pq.read_table(file))
            for start in range(0, table.num_rows, 10_000):
                store.add(table.slice(start, 10_000))
            posts += table.num_rows
            text += pc.sum(pc.binary_length(table["text"])).as_py()
            lines.writelines(record.encode() + b"\n" for record in table["raw"].to_pylist())
    engine = store._engine
    engine.define("OPTIMIZE TABLE posts FINAL")
    settle(engine)
    sizes = Sizes(
        columns={row["column"]: row["bytes"] / posts for row in engine.ask(COLUMNS).table.to_pylist()},
        text_index=engine.ask(INDEXES.format("=")).table["bytes"][0].as_py() / posts,
        other_indexes=engine.ask(INDEXES.format("!=")).table["bytes"][0].as_py() / posts,
        folder=_active(engine) / posts,
        raw_text=text / posts,
        raw_gzip=(folder / "posts.jsonl.gz").stat().st_size / posts,
        raw_plain=_plain(folder / "posts.jsonl.gz") / posts,
    )
    store.close()
    return sizes


COLUMNS = """
    SELECT column, sum(column_bytes_on_disk) AS bytes FROM system.parts_columns
    WHERE table = 'posts' AND active GROUP BY column ORDER BY bytes DESC"""
INDEXES = """
    SELECT sum(data_compressed_bytes + marks_bytes) AS bytes FROM system.data_skipping_indices
    WHERE table = 'posts' AND name {} 'ix'"""


def _active(engine: object) -> int:
    sql = "SELECT sum(bytes_on_disk) AS bytes FROM system.parts WHERE active AND database = currentDatabase()"
    return engine.ask(sql).table["bytes"][0].as_py()  # type: ignore[attr-defined]


def _complete(table: pa.Table) -> pa.Table:
    for field in arrow_schema():
        if field.name not in table.column_names:
            table = table.append_column(field, pa.nulls(table.num_rows, field.type))
    return table


def _plain(path: Path) -> int:
    with gzip.open(path, "rb") as file:
        return sum(len(block) for block in iter(lambda: file.read(1 << 20), b""))


def report(plan: Plan, sizes: Sizes) -> str:
    """The page."""
    small = sum(size for name, size in sizes.columns.items() if name not in {"text", "raw", "stream"})
    rows = [
        ("original text", sizes.columns["text"]), ("raw record (JSON)", sizes.columns["raw"]),
        ("token stream", sizes.columns["stream"]), ("text index over the stream, with positions", sizes.text_index),
        ("all other columns", small), ("other indexes (native id, thread, reply)", sizes.other_indexes),
        ("**everything**", sizes.folder),
    ]  # fmt: skip
    beside = [
        ("the same records as JSON Lines", sizes.raw_plain), ("… gzip'd (level 6)", sizes.raw_gzip),
        ("the texts alone, UTF-8", sizes.raw_text),
    ]  # fmt: skip
    text_and_index = sizes.columns["text"] + sizes.columns["stream"] + sizes.text_index
    return "\n".join([
        "# Disk per post", "",
        f"Written by `benchmarks/disk_per_post.py --posts {plan.posts}` on {datetime.now(UTC).date()}. {machine()}", "",
        "Posts grown from real Weibo posts and tweets (60 % Chinese); parts merged.", "",
        "| in the store | bytes a post |", "|---|---|", *(f"| {name} | {size:,.0f} |" for name, size in rows), "",
        "| beside it | bytes a post |", "|---|---|", *(f"| {name} | {size:,.0f} |" for name, size in beside), "",
        f"Everything, raw record included, is {sizes.folder / sizes.raw_gzip:.2f}× its gzip'd JSON Lines. Text, token",
        f"stream and index together are {text_and_index / sizes.raw_text:.2f}× the plain text.", "",
        "The ten largest columns: "
        + ", ".join(f"`{name}` {size:,.1f}" for name, size in list(sizes.columns.items())[:10]) + ".", "",
    ])  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=int, default=300_000)
    parser.add_argument("--shared", default=os.environ.get("OUTLISTEN_SHARED", "../shared"))
    parser.add_argument("--folder", help="where to work (default: a temporary folder, removed afterwards)")
    parser.add_argument("--write", help="the page to write")
    options = parser.parse_args()
    plan = Plan(options.shared, options.posts)
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        page = report(plan, measured(grow(plan, folder), folder))
    print(page)
    if options.write:
        Path(options.write).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
