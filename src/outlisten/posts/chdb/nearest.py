"""The posts nearest to a vector: the products with every kept vector are computed; no index guesses.

A query is asked of the nearest posts first: those of them that it finds are the nearest of all it finds. Only where it
finds too few of them is it asked of all posts, and the vectors of what it found are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from outlisten.posts.chdb.asking import where
from outlisten.posts.chdb.conditions import Where, within
from outlisten.posts.chdb.engine import Answer, Engine
from outlisten.posts.chdb.rows import identifiers
from outlisten.posts.chdb.vectors import STEPS
from outlisten.posts.store import Budget, Rows, TimeRange

if TYPE_CHECKING:
    from outlisten.query import Query

# So many times the posts wanted are looked at before the query is asked of all posts.
WIDER, AT_LEAST = 10, 1_000


def nearest(
    engine: Engine, vector: Sequence[float], *, model: str, query: Query | None, window: TimeRange, limit: int,
    budget: Budget,
) -> Rows:  # fmt: skip
    """(id, similarity, signature), nearest first. Cut when the time ended before all vectors were compared."""
    began, size = monotonic(), max(0, min(limit, budget.rows))
    wide = size if query is None else max(size * WIDER, AT_LEAST)
    here = within(Where("model = {model:String}", {"model": model}), window)
    top = _compared(engine, here, vector, wide, budget.seconds)
    if query is None or not top.table.num_rows:
        return _shown(top.table, size, cut=top.cut or size < limit)
    found = where(engine, query, window, _left(budget, began))
    asked = found.also("id IN {near:Array(UInt64)}", near=top.table["id"].to_pylist())
    ids = _ids(engine, asked, _left(budget, began))
    near = (
        top.table.filter(pc.is_in(top.table["id"], ids.table["id"])) if ids.table.num_rows else top.table[:0]
    )
    whole = top.table.num_rows < wide  # every vector was among them
    if near.num_rows >= size or whole:
        return _shown(near, size, cut=top.cut or ids.cut or found.cut or size < limit)
    return _of_all_found(engine, found, here, vector, size, _left(budget, began), cut=size < limit)


def _of_all_found(
    engine: Engine,
    found: Where,
    here: Where,
    vector: Sequence[float],
    size: int,
    budget: Budget,
    *,
    cut: bool,
) -> Rows:
    sql = f"id IN (SELECT id FROM posts {found.clause})"
    both = here.also(sql, **found.params)
    top = _compared(engine, both, vector, size, budget.seconds, dict(found.settings))
    return _shown(top.table, size, cut=cut or top.cut or found.cut)


def _compared(
    engine: Engine, among: Where, vector: Sequence[float], limit: int, seconds: float,
    settings: dict[str, str | int | float] | None = None,
) -> Answer:  # fmt: skip
    sql = f"""
        SELECT id, dotProduct(vector, {{asked:Array(Float32)}}) AS similarity, signature FROM vectors
        WHERE {among.sql} ORDER BY similarity DESC, id LIMIT {{limit:UInt64}}"""
    params = {**among.params, "asked": [float(number) for number in vector], "limit": limit}
    return engine.ask(sql, params, seconds=seconds, settings=settings)


def _ids(engine: Engine, found: Where, budget: Budget) -> Answer:
    return engine.ask(
        f"SELECT id FROM posts {found.clause}", found.params, seconds=budget.seconds, settings=found.settings
    )


def _left(budget: Budget, began: float) -> Budget:
    """What is left of the time, never nothing: the engine takes 0 for no limit."""
    return Budget(budget.rows, max(budget.seconds - (monotonic() - began), budget.seconds / 100))


def _shown(rows: pa.Table, size: int, *, cut: bool) -> Rows:
    if not rows.num_rows:
        empty = pa.schema([("id", pa.string()), ("similarity", pa.float32()), ("signature", pa.uint64())])
        return Rows(empty.empty_table(), cut)
    shown = rows.slice(0, size)
    similar = pc.divide(shown["similarity"].cast(pa.float32()), pa.scalar(STEPS, pa.float32()))
    return Rows(
        pa.table({"id": identifiers(shown["id"]), "similarity": similar, "signature": shown["signature"]}),
        cut,
    )
