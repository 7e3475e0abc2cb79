"""Small columns of kept posts given new values, without rewriting a text.

An ALTER UPDATE within the months concerned rewrites the named columns and links every other file of the part, the
index included: about 0.1 s a month. It is on disk before it runs, so a crash repeats it and never halves it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from outlisten.posts.chdb.engine import Engine
from outlisten.posts.chdb.months import by_month, chunks
from outlisten.posts.chdb.mutations import change
from outlisten.posts.chdb.tables import quoted
from outlisten.posts.schema import BY_NAME, Column

# Keeps a statement, which carries its values, under a megabyte.
POSTS_A_STATEMENT = 5_000


def set_columns(engine: Engine, changes: pa.Table, created_at: dict[int, int]) -> None:
    """Set every column of `changes` but `id` (numbers) in the posts with those ids.

    `created_at` says in which months they are: seconds, by id. A null stands for missing.
    """
    change(engine, _updates(changes, created_at))


def _updates(changes: pa.Table, created_at: dict[int, int]) -> Iterator[tuple[str, dict[str, object]]]:
    row_of = {number: row for row, number in enumerate(changes["id"].to_pylist())}
    names = [name for name in changes.column_names if name != "id"]
    for month, numbers in by_month({number: created_at[number] for number in row_of}).items():
        for part in chunks(numbers, POSTS_A_STATEMENT):
            rows = changes.take([row_of[number] for number in part])
            values = {f"new_{name}": rows[name].to_pylist() for name in names}
            yield _update(month, names), {"ids": list(part), **values}


def _update(month: int, names: list[str]) -> str:
    place = "transform(id, {ids:Array(UInt64)}, range(1, length({ids:Array(UInt64)}) + 1), 0)"
    assignments = ", ".join(
        f"{quoted(name)} = arrayElement({{new_{name}:Array({_type(BY_NAME[name])})}}, {place})"
        for name in names
    )
    return f"ALTER TABLE posts UPDATE {assignments} IN PARTITION {month} WHERE id IN {{ids:Array(UInt64)}}"


def _type(column: Column) -> str:
    """The column's type as a parameter's: without the encodings that only storage has."""
    if pa.types.is_list(column.arrow):
        return "Array(String)"
    bare = column.clickhouse.split(" CODEC", 1)[0]
    return bare.removeprefix("LowCardinality(").removesuffix(")") if bare.startswith("LowCard") else bare
