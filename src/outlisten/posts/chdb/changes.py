"""Observations and readings that a caller hands in, as the store keeps them."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from outlisten.posts.chdb.engagement import OBSERVATIONS
from outlisten.posts.chdb.known import Kept
from outlisten.posts.chdb.rows import keys, seconds, stored
from outlisten.posts.chdb.tables import ENGAGEMENT, READINGS
from outlisten.posts.errors import BadColumn
from outlisten.posts.schema import BY_NAME

Find = Callable[[list[int]], dict[int, Kept]]


def observations(table: pa.Table, find: Find) -> tuple[pa.Table, dict[int, Kept]]:
    """Rows (id, observed_at, likes, comments, shares, views; an absent number is missing) of kept posts."""
    _demand(table, ("id", "observed_at"))
    absent = [name for name in ENGAGEMENT if name not in table.column_names]
    for name in absent:
        table = table.append_column(name, pa.nulls(table.num_rows, BY_NAME[name].arrow))
    numbers = {name: table[name].cast(BY_NAME[name].arrow) for name in ENGAGEMENT}
    rows = pa.table({"id": keys(table["id"]), "observed_at": seconds(table["observed_at"]), **numbers})
    return _kept(rows.cast(OBSERVATIONS), find)


def readings(table: pa.Table, find: Find) -> tuple[pa.Table, dict[int, Kept]]:
    """Rows (id, read_at, and every reading column) of kept posts."""
    _demand(table, ("id", "read_at", *READINGS))
    read = [table[name].cast(BY_NAME[name].arrow) for name in READINGS]
    rows = stored(pa.table([table["id"], *read], names=["id", *READINGS]))
    return _kept(rows.add_column(1, "read_at", seconds(table["read_at"])), find)


def revisions(table: pa.Table, find: Find) -> tuple[pa.Table, dict[int, Kept]]:
    """Rows (id, read_at, and some reading columns) of kept posts, each post once."""
    _demand(table, ("id", "read_at"))
    named = [name for name in table.column_names if name in READINGS]
    read = [table[name].cast(BY_NAME[name].arrow) for name in named]
    rows = stored(pa.table([table["id"], *read], names=["id", *named]))
    return _kept(rows.add_column(1, "read_at", seconds(table["read_at"])), find)


def _demand(table: pa.Table, names: tuple[str, ...]) -> None:
    absent = [name for name in names if name not in table.column_names]
    if absent:
        raise BadColumn(columns=", ".join(absent))


def _kept(rows: pa.Table, find: Find) -> tuple[pa.Table, dict[int, Kept]]:
    kept = find(rows["id"].to_pylist())
    return rows.filter(pc.is_in(rows["id"], pa.array(list(kept), pa.uint64()))), kept
