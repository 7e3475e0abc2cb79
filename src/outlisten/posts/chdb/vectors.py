"""Vectors of posts: added after the posts, found missing by counting, forgotten when a post's words change."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa

from outlisten.posts.chdb.engine import Engine
from outlisten.posts.chdb.known import Kept
from outlisten.posts.chdb.months import by_month, inserts
from outlisten.posts.chdb.mutations import change
from outlisten.posts.chdb.rows import identifiers, keys
from outlisten.posts.errors import BadColumn

# Numbers from -1 to 1 are kept in steps of 1/254: a unit vector of some hundred numbers has few beyond one half.
STEPS = 254
LACKING = pa.schema(
    [("id", pa.string()), ("fingerprint", pa.uint64()), ("title", pa.string()), ("text", pa.string())]
)
Find = Callable[[list[int]], dict[int, Kept]]


def lacking(engine: Engine, model: str, limit: int) -> pa.Table:
    """Posts without a vector of this model, newest month first; no rows when all have one."""
    left, parts = limit, []
    for month in _months_lacking(engine, model):
        part = _lacking_in(engine, month, model, left)
        parts.append(part)
        left -= part.num_rows
        if left <= 0:
            break
    rows = pa.concat_tables(parts) if parts else None
    if rows is None or not rows.num_rows:
        return LACKING.empty_table()
    return rows.set_column(0, "id", identifiers(rows["id"])).cast(LACKING)


def _months_lacking(engine: Engine, model: str) -> list[int]:
    """The months with more posts than vectors, newest first."""
    sql = """
        SELECT month, countIf(kept) AS posts, countIf(NOT kept) AS given FROM (
            SELECT toYYYYMM(created_at) AS month, true AS kept FROM posts
            UNION ALL SELECT toYYYYMM(created_at), false FROM vectors WHERE model = {model:String})
        GROUP BY month HAVING posts > given ORDER BY month DESC"""
    table = engine.ask(sql, {"model": model}).table
    return [int(month) for month in table["month"].to_pylist()] if table.num_rows else []


def _lacking_in(engine: Engine, month: int, model: str, limit: int) -> pa.Table:
    sql = """
        SELECT id, fingerprint, title, text FROM posts
        WHERE toYYYYMM(created_at) = {month:UInt32} AND id NOT IN (
            SELECT id FROM vectors WHERE toYYYYMM(created_at) = {month:UInt32} AND model = {model:String})
        ORDER BY created_at DESC, id DESC LIMIT {limit:UInt64}"""
    return engine.ask(sql, {"month": month, "model": model, "limit": limit}).table


def add(engine: Engine, find: Find, made: pa.Table, model: str) -> int:
    """Keep the vectors of posts that are as they were when their vectors were made; returns how many."""
    absent = [n for n in ("id", "fingerprint", "signature", "vector") if n not in made.column_names]
    if absent:
        raise BadColumn(columns=", ".join(absent))
    numbers, marks = keys(made["id"]).to_pylist(), made["fingerprint"].to_pylist()
    kept = find(numbers)
    have = _given(engine, kept, model)
    fresh: dict[int, int] = {}
    for row, (number, mark) in enumerate(zip(numbers, marks, strict=True)):
        if number in kept and kept[number].fingerprint == mark and number not in have:
            fresh.setdefault(number, row)
    if not fresh:
        return 0
    moments = {number: kept[number].created_at for number in fresh}
    if _other_models(engine, model):
        forget(engine, moments)
    chosen = made.take(pa.array(list(fresh.values())))
    rows = pa.table(
        {
            "id": pa.array(list(fresh), pa.uint64()),
            "created_at": pa.array(list(moments.values()), pa.uint32()),
            "model": pa.array([model] * len(fresh), pa.string()),
            "signature": chosen["signature"].cast(pa.uint64()),
            "vector": _levels(chosen["vector"]),
        }
    )
    for part in inserts(rows):
        engine.insert("vectors", part)
    return len(fresh)


def _levels(vectors: pa.ChunkedArray) -> pa.Array:
    """Numbers from -1 to 1 as steps of 8 bits; beyond one half they are cut."""
    lists = vectors.combine_chunks()
    width = len(lists[0]) if len(lists) else 0
    flat = np.asarray(lists.flatten(), np.float32)
    levels = np.clip(np.round(flat * STEPS), -127, 127).astype(np.int8)
    return pa.ListArray.from_arrays(
        pa.array(range(0, len(flat) + 1, max(width, 1)), pa.int32()), pa.array(levels)
    )


def _given(engine: Engine, kept: Mapping[int, Kept], model: str) -> set[int]:
    sql = """
        SELECT id FROM vectors
        WHERE created_at IN {moments:Array(UInt32)} AND id IN {ids:Array(UInt64)} AND model = {model:String}"""
    given = {
        "moments": sorted({post.created_at for post in kept.values()}),
        "ids": list(kept),
        "model": model,
    }
    table = engine.ask(sql, given).table
    return set(table["id"].to_pylist()) if table.num_rows else set()


def _other_models(engine: Engine, model: str) -> bool:
    sql = "SELECT 1 AS other FROM vectors WHERE model != {model:String} LIMIT 1"
    return engine.ask(sql, {"model": model}).table.num_rows > 0


def forget(engine: Engine, created_at: Mapping[int, int]) -> None:
    """Take the vectors of these posts (id → created_at) away: they are made again from the words that are kept."""
    change(engine, (_removal(month, ids) for month, ids in by_month(created_at).items()))


def _removal(month: int, ids: list[int]) -> tuple[str, dict[str, object]]:
    return f"DELETE FROM vectors IN PARTITION {month} WHERE id IN {{ids:Array(UInt64)}}", {"ids": ids}


def counted(engine: Engine, model: str) -> int:
    """How many posts have a vector of this model."""
    table = engine.ask(
        "SELECT count() AS n FROM vectors WHERE model = {model:String}", {"model": model}
    ).table
    return int(table["n"][0].as_py())
