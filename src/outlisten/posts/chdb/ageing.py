"""How old posts are: those that were written before a day, counted, dated, and in bounded lots to be erased."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from outlisten.posts.chdb.conditions import Where
from outlisten.posts.chdb.engine import Engine
from outlisten.posts.chdb.rows import identifiers
from outlisten.posts.identity import key
from outlisten.posts.store import Aged, Kinds

# A post without a date is as old as the day we first saw it: nothing else is known of its age.
WRITTEN = "if(created_at > 0, created_at, seen_at)"


def aged(
    engine: Engine, before: datetime, *, of: Kinds, without: Sequence[Kinds], spare: Sequence[str], ids: int,
    seconds: float,
) -> Aged:  # fmt: skip
    """How many posts of a kind were written before a moment, the oldest of them, and the ids of the oldest."""
    found = _of(of, without).also(f"{WRITTEN} < {{before:UInt32}}", before=_second(before))
    if spare:
        found = found.also("id NOT IN {spare:Array(UInt64)}", spare=[key(name) for name in spare])
    sql = f"SELECT count() AS posts, min({WRITTEN}) AS oldest FROM posts WHERE {found.sql}"
    answer = engine.ask(sql, found.params, seconds=seconds)
    posts, oldest = answer.table["posts"][0].as_py(), answer.table["oldest"].cast("int64")[0].as_py()
    if not posts:
        return Aged(0, None, (), answer.cut)
    named: list[str] = []
    if ids:
        sql = f"SELECT id FROM posts WHERE {found.sql} ORDER BY {WRITTEN}, id LIMIT {{limit:UInt64}}"
        table = engine.ask(sql, {**found.params, "limit": ids}, seconds=seconds).table
        named = [str(name) for name in identifiers(table["id"]).to_pylist()]
    return Aged(posts, datetime.fromtimestamp(oldest, UTC), tuple(named), answer.cut)


def _of(kinds: Kinds, without: Sequence[Kinds]) -> Where:
    found = _is(Where(), kinds, "k", "{}")
    for place, others in enumerate(without):
        if others:
            found = _is(found, others, f"w{place}", "NOT ({})")
    return found


def _is(found: Where, kinds: Kinds, prefix: str, form: str) -> Where:
    if not kinds:
        return found
    names = {name: f"{prefix}_{name}" for name in kinds}
    sql = " AND ".join(f"{name} = {{{names[name]}:String}}" for name in kinds)
    return found.also(form.format(sql), **{names[name]: value for name, value in kinds.items()})


def _second(moment: datetime) -> int:
    return min(max(int(moment.timestamp()), 0), 2**32 - 1)
