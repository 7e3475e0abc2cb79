"""Posts come in: new ones are added, edited ones replaced, numbers renewed, the rest is already here.

Exactly once in effect. An INSERT commits a month's rows whole or not at all, the known ids are read back from the
table at open and after every failure, so whatever a crash left is found and only the rest is added. (A deduplication
token made from the rows would do no more, and would drop a batch that is imported again after its erasure.)
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

from outlisten.posts.chdb.checking import checked, waves
from outlisten.posts.chdb.editing import replace
from outlisten.posts.chdb.engagement import OBSERVATIONS, observe
from outlisten.posts.chdb.engine import Engine
from outlisten.posts.chdb.known import Kept, KnownPosts
from outlisten.posts.chdb.months import inserts
from outlisten.posts.chdb.rows import stored
from outlisten.posts.chdb.tables import ENGAGEMENT
from outlisten.posts.store import AddResult


@dataclass(slots=True)
class _Tally:
    added: list[str] = field(default_factory=list)
    updated: int = 0
    duplicate: int = 0


def add(engine: Engine, known: KnownPosts, posts: pa.Table) -> AddResult:
    """Keep a batch of complete posts; when this returns, all of it is committed."""
    batch, tally = checked(posts), _Tally()
    for part in waves(batch.posts):
        _add_once(engine, known, part, tally)
    return AddResult(len(tally.added), tally.updated, tally.duplicate, batch.rejected, tuple(tally.added))


def _add_once(engine: Engine, known: KnownPosts, posts: pa.Table, tally: _Tally) -> None:
    """A part of the batch in which no id stands twice."""
    rows = stored(posts)
    numbers = rows["id"].to_pylist()
    marks = rows["fingerprint"].to_pylist()
    kept = known.find(numbers)
    fresh = [row for row, number in enumerate(numbers) if number not in kept]
    if fresh:
        _insert(engine, known, rows.take(fresh))
        tally.added += posts["id"].take(pa.array(fresh)).to_pylist()
    if not kept:
        return
    renewed = observe(engine, _told(rows.take([r for r, n in enumerate(numbers) if n in kept])), kept)
    edited = [
        row for row, number in enumerate(numbers) if number in kept and kept[number].fingerprint != marks[row]
    ]
    if edited:
        replace(engine, known, rows.take(edited))
    changed = renewed | {numbers[row] for row in edited}
    tally.updated += len(changed)
    tally.duplicate += len(kept) - len(changed)


def _insert(engine: Engine, known: KnownPosts, rows: pa.Table) -> None:
    for part in inserts(rows):
        engine.insert("posts", part)
        columns = (part[name].to_pylist() for name in ("id", "created_at", "fingerprint"))
        known.put({number: Kept(at, mark) for number, at, mark in zip(*columns, strict=True)})


def _told(rows: pa.Table) -> pa.Table:
    """The numbers the batch brings, observed when we saw it."""
    table = rows.select(["id", "seen_at", *ENGAGEMENT]).rename_columns(OBSERVATIONS.names)
    return table.cast(OBSERVATIONS)
