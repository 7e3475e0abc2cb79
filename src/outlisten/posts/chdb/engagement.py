"""Numbers that change: every observation is kept, the post shows the newest."""

from __future__ import annotations

import pyarrow as pa

from outlisten.posts.chdb.columns_changed import set_columns
from outlisten.posts.chdb.engine import Engine
from outlisten.posts.chdb.known import Kept
from outlisten.posts.chdb.tables import ENGAGEMENT
from outlisten.posts.schema import BY_NAME

NUMBERS = ", ".join(ENGAGEMENT)
OBSERVATIONS = pa.schema(
    [pa.field("id", pa.uint64()), pa.field("observed_at", pa.uint32())]
    + [pa.field(name, BY_NAME[name].arrow) for name in ENGAGEMENT]
)


def observe(engine: Engine, observations: pa.Table, kept: dict[int, Kept]) -> set[int]:
    """Keep observations (OBSERVATIONS) of kept posts; returns the ids whose shown numbers changed.

    A number that was not sent says nothing about the number before. An observation that repeats what the post shows
    is not kept, so that importing a file again adds nothing. Repeating a call changes nothing.
    """
    shown = _shown(engine, kept)
    news = [row for row in observations.to_pylist() if _differs(row, shown.get(row["id"], {}))]
    if not news:
        return set()
    ids = sorted({row["id"] for row in news})
    _keep_first(engine, ids, {number: kept[number].created_at for number in ids})
    engine.insert("engagement", pa.Table.from_pylist(news, schema=OBSERVATIONS))
    newest = _newest(engine, ids)
    changed = [row for row in newest if _differs(row, shown[row["id"]])]
    if changed:
        schema = OBSERVATIONS.remove(1)
        moments = {row["id"]: kept[row["id"]].created_at for row in changed}
        set_columns(engine, pa.Table.from_pylist(changed, schema=schema), moments)
    return {row["id"] for row in changed}


def _differs(row: dict[str, int], shown: dict[str, int]) -> bool:
    return any(row[name] is not None and row[name] != shown.get(name) for name in ENGAGEMENT)


def _shown(engine: Engine, kept: dict[int, Kept]) -> dict[int, dict[str, int]]:
    """id → the numbers its post shows."""
    sql = f"SELECT id, {NUMBERS} FROM posts WHERE created_at IN {{moments:Array(UInt32)}} AND id IN {{ids:Array(UInt64)}}"
    params = {"ids": list(kept), "moments": sorted({post.created_at for post in kept.values()})}
    return {row["id"]: row for row in engine.ask(sql, params).table.to_pylist()}


def _keep_first(engine: Engine, ids: list[int], created_at: dict[int, int]) -> None:
    """The numbers a post came with become its first observation, when the second arrives."""
    sql = f"""
        INSERT INTO engagement (id, observed_at, {NUMBERS})
        SELECT id, seen_at, {NUMBERS} FROM posts
        WHERE created_at IN {{moments:Array(UInt32)}} AND id IN {{ids:Array(UInt64)}}
          AND (likes IS NOT NULL OR comments IS NOT NULL OR shares IS NOT NULL OR views IS NOT NULL)
          AND id NOT IN (SELECT id FROM engagement WHERE id IN {{ids:Array(UInt64)}})"""
    engine.do(sql, {"ids": ids, "moments": sorted(set(created_at.values()))})


def _newest(engine: Engine, ids: list[int]) -> list[dict[str, int]]:
    """For each id, each number as observed last (observations that lack it are passed over)."""
    newest = ", ".join(f"argMax({name}, observed_at) AS {name}" for name in ENGAGEMENT)
    sql = f"SELECT id, {newest} FROM engagement WHERE id IN {{ids:Array(UInt64)}} GROUP BY id"
    rows: list[dict[str, int]] = engine.ask(sql, {"ids": ids}).table.to_pylist()
    return rows
