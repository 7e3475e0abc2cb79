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


def revise(engine: Engine, changed: pa.Table, kept: dict[int, Kept]) -> set[int]:
    """Give some reading columns of kept posts (id, read_at, and those columns, as stored) new values; returns the ids.

    The other columns stay as the post shows them. Each id stands once. A change in the second of the reading before
    counts as a second later, so that both are kept.
    """
    moments = {number: kept[number].created_at for number in changed["id"].to_pylist()}
    if not moments:
        return set()
    keep_first(engine, moments)
    changed = _later(changed, _read_last(engine, list(moments)))
    engine.insert("readings", _completed(changed, _shown(engine, moments)))
    set_columns(engine, changed.drop_columns(["read_at"]), moments)
    return set(moments)


def _shown(engine: Engine, created_at: dict[int, int]) -> pa.Table:
    """The readings that these posts show now."""
    sql = f"""
        SELECT id, {COLUMNS} FROM posts
        WHERE created_at IN {{moments:Array(UInt32)}} AND id IN {{ids:Array(UInt64)}}"""
    return engine.ask(sql, {"ids": list(created_at), "moments": sorted(set(created_at.values()))}).table


def _read_last(engine: Engine, ids: list[int]) -> dict[int, int]:
    """When each post was read last: seconds, by id."""
    sql = (
        "SELECT id, toUInt32(max(read_at)) AS last FROM readings WHERE id IN {ids:Array(UInt64)} GROUP BY id"
    )
    rows = engine.ask(sql, {"ids": ids}).table
    return dict(zip(rows["id"].to_pylist(), rows["last"].to_pylist(), strict=True))


def _later(changed: pa.Table, last: dict[int, int]) -> pa.Table:
    pairs = zip(changed["id"].to_pylist(), changed["read_at"].to_pylist(), strict=True)
    moments = pa.array([max(at, last.get(number, 0) + 1) for number, at in pairs], pa.uint32())
    return changed.set_column(changed.column_names.index("read_at"), "read_at", moments)


def _completed(changed: pa.Table, shown: pa.Table) -> pa.Table:
    """Whole readings: the changed columns, and the others as shown."""
    place = {number: row for row, number in enumerate(shown["id"].to_pylist())}
    others = shown.take([place[number] for number in changed["id"].to_pylist()])
    columns = {
        name: changed[name] if name in changed.column_names else others[name]
        for name in ("id", "read_at", *READINGS)
    }
    return pa.table(columns)


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
