"""What models read in a post: every reading is kept, the post shows the newest."""

from __future__ import annotations

import pyarrow as pa

from outlisten.posts.chdb.columns_changed import set_columns
from outlisten.posts.chdb.engine import Engine
from outlisten.posts.chdb.known import Kept
from outlisten.posts.chdb.tables import READINGS, quoted

COLUMNS = ", ".join(map(quoted, READINGS))


def reread(engine: Engine, readings: pa.Table, kept: dict[int, Kept]) -> set[int]:
    """Keep readings (id, read_at, and the reading columns, all as stored) of kept posts; returns their ids.

    A newer reading replaces an older one whole: what it could not tell is missing again. Repeating changes nothing.
    """
    ids = sorted(set(readings["id"].to_pylist()))
    if not ids:
        return set()
    moments = {number: kept[number].created_at for number in ids}
    keep_first(engine, moments)
    engine.insert("readings", readings)
    set_columns(engine, _newest(engine, ids), moments)
    return set(ids)


def keep_first(engine: Engine, created_at: dict[int, int]) -> None:
    """The reading a post came with becomes its first, when the second arrives."""
    sql = f"""
        INSERT INTO readings (id, read_at, {COLUMNS})
        SELECT id, seen_at, {COLUMNS} FROM posts
        WHERE created_at IN {{moments:Array(UInt32)}} AND id IN {{ids:Array(UInt64)}}
          AND id NOT IN (SELECT id FROM readings WHERE id IN {{ids:Array(UInt64)}})"""
    params = {"ids": list(created_at), "moments": sorted(set(created_at.values()))}
    engine.do(sql, params)


def _newest(engine: Engine, ids: list[int]) -> pa.Table:
    sql = f"""
        SELECT id, {COLUMNS} FROM readings WHERE id IN {{ids:Array(UInt64)}}
        ORDER BY id, read_at DESC LIMIT 1 BY id"""
    return engine.ask(sql, {"ids": ids}).table
