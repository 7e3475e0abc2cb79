"""What was known about a post over time: its numbers and its readings."""

from __future__ import annotations

import pyarrow as pa

from outlisten.posts.chdb.conditions import Where
from outlisten.posts.chdb.engine import Engine
from outlisten.posts.chdb.rows import published
from outlisten.posts.chdb.tables import ENGAGEMENT, READINGS, quoted
from outlisten.posts.schema import WHEN
from outlisten.posts.store import Rows


def history(engine: Engine, number: int, created_at: int) -> dict[str, Rows]:
    """ "engagement" and "readings" of a post, oldest first. Before anything changed, that is what it came with."""
    return {
        "engagement": _kept(engine, number, created_at, "engagement", "observed_at", ENGAGEMENT),
        "readings": _kept(engine, number, created_at, "readings", "read_at", READINGS),
    }


def _kept(
    engine: Engine, number: int, created_at: int, table: str, moment: str, names: tuple[str, ...]
) -> Rows:
    columns = ", ".join(map(quoted, names))
    sql = (
        f"SELECT {moment} AS moment, {columns} FROM {table} FINAL WHERE id = {{id:UInt64}} ORDER BY {moment}"
    )
    rows = engine.ask(sql, {"id": number}).table
    if not rows.num_rows:
        first = Where().also("created_at = {at:UInt32} AND id = {id:UInt64}", at=created_at, id=number)
        sql = f"SELECT seen_at AS moment, {columns} FROM posts WHERE {first.sql} LIMIT 1"
        rows = engine.ask(sql, first.params).table
    shown = published(rows.select(list(names)))
    if table == "engagement":
        shown, rows = _told(shown, rows)
    moments = rows["moment"].cast(pa.int64()).cast(WHEN)
    return Rows(shown.add_column(0, moment, moments))


def _told(numbers: pa.Table, rows: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Without the row of a post that came without any number."""
    told = (any(value is not None for value in row.values()) for row in numbers.to_pylist())
    kept = pa.array(told, pa.bool_())
    return numbers.filter(kept), rows.filter(kept)
