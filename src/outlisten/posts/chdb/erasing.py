"""Posts erased: out of every answer at once, then off the disk, their history and their words in the index included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import monotonic, sleep

from outlisten.posts.chdb.conditions import Where
from outlisten.posts.chdb.engine import Engine
from outlisten.posts.chdb.months import by_month, chunks
from outlisten.posts.chdb.mutations import change
from outlisten.posts.chdb.tables import TABLES
from outlisten.query.folding import fold

POSTS_A_STATEMENT = 50_000
# Rewritten parts leave the disk when the engine next cleans up, a second or two later.
WAIT_SECONDS = 120.0
HIDDEN = "The posts are hidden from every answer; their files are still on the disk. Erase again to finish."
REWRITTEN = "Posts, numbers, readings and the text index were rewritten."
ELSEWHERE = "Copies elsewhere (exports, backups, the imported file) are not covered."


def chosen(
    engine: Engine, numbers: Sequence[int], author: str | None, platform: str | None
) -> dict[int, int]:
    """id → created_at of the posts to erase: those ids, and everything an account wrote (name, handle or id)."""
    found: dict[int, int] = {}
    for part in chunks(numbers, POSTS_A_STATEMENT):
        found |= _found(engine, Where().also("id IN {ids:Array(UInt64)}", ids=list(part)))
    if author is not None:
        theirs = Where().also("has(author_names, {author:String})", author=fold(author.removeprefix("@")))
        found |= _found(
            engine, theirs.also("platform = {platform:String}", platform=platform) if platform else theirs
        )
    return found


def _found(engine: Engine, condition: Where) -> dict[int, int]:
    table = engine.ask(f"SELECT id, created_at FROM posts WHERE {condition.sql}", condition.params).table
    return dict(zip(table["id"].to_pylist(), table["created_at"].to_pylist(), strict=True))


def hide(engine: Engine, created_at: dict[int, int]) -> None:
    """Take the posts out of every answer. Statements carry ids only: what is erased must not live on in a log."""
    change(engine, _removals(created_at))


def _removals(created_at: dict[int, int]) -> Iterator[tuple[str, dict[str, object]]]:
    for table in ("engagement", "readings"):
        for part in chunks(list(created_at), POSTS_A_STATEMENT):
            yield f"DELETE FROM {table} WHERE id IN {{ids:Array(UInt64)}}", {"ids": list(part)}
    for month, ids in by_month(created_at).items():
        for part in chunks(ids, POSTS_A_STATEMENT):
            for table in ("posts", "vectors"):
                yield (
                    f"DELETE FROM {table} IN PARTITION {month} WHERE id IN {{ids:Array(UInt64)}}",
                    {"ids": list(part)},
                )


def remove(engine: Engine) -> bool:
    """Rewrite every part that holds hidden rows, with its index, and wait until the old files are gone.

    Covers rows hidden by an earlier erasure that a crash stopped, and the older texts of edited posts.
    """
    change(engine, ((_rewrite(table, partition), {}) for table, partition in _masked(engine)))
    leftover, deadline = _inactive(engine), monotonic() + WAIT_SECONDS
    while leftover & _inactive(engine):
        if monotonic() > deadline:
            return False
        sleep(0.1)
    return True


def _rewrite(table: str, partition: str) -> str:
    where = "" if partition == "tuple()" else f" IN PARTITION {int(partition)}"
    return f"ALTER TABLE {table} APPLY DELETED MASK{where}"


def _masked(engine: Engine) -> list[tuple[str, str]]:
    sql = """
        SELECT DISTINCT table, partition FROM system.parts
        WHERE database = currentDatabase() AND active AND has_lightweight_delete AND table IN {tables:Array(String)}
        ORDER BY table, partition"""
    rows = engine.ask(sql, {"tables": TABLES}).table.to_pylist()
    return [(row["table"], row["partition"]) for row in rows]


def _inactive(engine: Engine) -> set[tuple[str, str]]:
    sql = """
        SELECT table, name FROM system.parts
        WHERE database = currentDatabase() AND NOT active AND table IN {tables:Array(String)}"""
    rows = engine.ask(sql, {"tables": TABLES}).table.to_pylist()
    return {(row["table"], row["name"]) for row in rows}


def notes(removed: bool) -> tuple[str, ...]:
    """What the receipt says beyond the count; the catalogue `store` has each in Chinese."""
    if not removed:
        return (HIDDEN,)
    return (REWRITTEN, ELSEWHERE)
