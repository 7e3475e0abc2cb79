"""A post whose words changed: the new text takes the place of the old.

The new row goes in with a higher revision before the old one is removed. A crash between the two leaves both, which
shows at the next open as an id that stands twice; the higher revision wins then.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from outlisten.posts.chdb.engine import Engine
from outlisten.posts.chdb.known import Kept, KnownPosts
from outlisten.posts.chdb.months import by_month, inserts
from outlisten.posts.chdb.mutations import change
from outlisten.posts.chdb.readings import keep_first
from outlisten.posts.chdb.tables import ENGAGEMENT, READINGS
from outlisten.posts.chdb.vectors import forget

_KEPT = ("created_at", "seen_at", "revision", *ENGAGEMENT)


def replace(engine: Engine, known: KnownPosts, edits: pa.Table) -> None:
    """Put edited posts (stored columns, each id once, all known) in the place of what is kept."""
    kept = known.find(edits["id"].to_pylist())
    moments = {number: post.created_at for number, post in kept.items()}
    keep_first(engine, moments)
    _keep_reading(engine, edits)
    forget(engine, moments)
    merged = _merged(edits, _current(engine, moments))
    for part in inserts(merged):
        engine.insert("posts", part)
    revisions = dict(zip(merged["id"].to_pylist(), merged["revision"].to_pylist(), strict=True))
    remove_older(engine, moments, revisions)
    columns = (merged[name].to_pylist() for name in ("id", "created_at", "fingerprint"))
    known.put({number: Kept(at, mark) for number, at, mark in zip(*columns, strict=True)})


def finish_edits(engine: Engine, known: KnownPosts) -> None:
    """Remove the older of the rows that a crash left side by side."""
    ids = known.doubles()
    if not ids:
        return
    sql = """
        SELECT id, created_at, fingerprint, revision FROM posts
        WHERE id IN {ids:Array(UInt64)} ORDER BY id, revision"""
    rows = engine.ask(sql, {"ids": ids}).table.to_pylist()
    newest = {row["id"]: row for row in rows}
    for row in rows:
        winner = newest[row["id"]]["revision"]
        if row["revision"] < winner:
            remove_older(engine, {row["id"]: row["created_at"]}, {row["id"]: winner})
    known.drop(ids)
    known.put({number: Kept(row["created_at"], row["fingerprint"]) for number, row in newest.items()})


def remove_older(engine: Engine, created_at: dict[int, int], revisions: dict[int, int]) -> None:
    """Hide the rows of these posts, in the months of `created_at`, that are older than the given revisions."""
    change(engine, (_removal(month, ids, revisions) for month, ids in by_month(created_at).items()))


def _removal(month: int, ids: list[int], revisions: dict[int, int]) -> tuple[str, dict[str, object]]:
    sql = f"""
        DELETE FROM posts IN PARTITION {month}
        WHERE id IN {{ids:Array(UInt64)}}
          AND revision < transform(id, {{ids:Array(UInt64)}}, {{revisions:Array(UInt32)}}, toUInt32(0))"""
    return sql, {"ids": ids, "revisions": [revisions[number] for number in ids]}


def _current(engine: Engine, created_at: dict[int, int]) -> pa.Table:
    sql = f"""
        SELECT id, {", ".join(_KEPT)} FROM posts
        WHERE created_at IN {{moments:Array(UInt32)}} AND id IN {{ids:Array(UInt64)}}
        ORDER BY id, revision DESC LIMIT 1 BY id"""
    return engine.ask(sql, {"ids": list(created_at), "moments": sorted(set(created_at.values()))}).table


def _merged(edits: pa.Table, current: pa.Table) -> pa.Table:
    """The edits with what an edit does not tell: when first seen, the date and numbers where it sends none."""
    place = {number: row for row, number in enumerate(current["id"].to_pylist())}
    old = current.take([place[number] for number in edits["id"].to_pylist()])
    columns = {name: edits[name] for name in edits.column_names}
    # The text we hold now was written when the source says, else when we saw it changed.
    columns["edited_at"] = pc.if_else(pc.equal(edits["edited_at"], 0), edits["seen_at"], edits["edited_at"])
    columns["created_at"] = pc.if_else(
        pc.equal(edits["created_at"], 0), old["created_at"], edits["created_at"]
    )
    columns["seen_at"] = old["seen_at"]
    for name in ENGAGEMENT:
        columns[name] = pc.coalesce(edits[name], old[name].cast(edits[name].type))
    columns["revision"] = pc.add(old["revision"], pa.scalar(1, pa.uint32()))
    return pa.table(columns)


def _keep_reading(engine: Engine, edits: pa.Table) -> None:
    engine.insert(
        "readings", edits.select(["id", "seen_at", *READINGS]).rename_columns(["id", "read_at", *READINGS])
    )
