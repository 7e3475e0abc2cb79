"""Changes to kept rows (the engine calls them mutations): sent together, waited for once.

A mutation is on disk before it runs, so a crash leaves it to be finished at the next open, never half done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from time import monotonic, sleep

from outlisten.posts.chdb.engine import Engine, translated
from outlisten.posts.errors import StoreError, StoreFull

# They take about 0.1 s a month of posts; rewriting a large month with its index takes tens of seconds.
WAIT_SECONDS = 600.0


def change(engine: Engine, statements: Iterable[tuple[str, Mapping[str, object]]]) -> None:
    """Run ALTER and DELETE statements; returns when all of them are done."""
    with engine.writing:
        for sql, params in statements:
            engine.do(sql, params)
        settle(engine)


def settle(engine: Engine) -> None:
    """Wait until every change under way is done. Raises StoreFull or StoreError when one cannot be."""
    began, pause = monotonic(), 0.002
    while (failure := _unfinished(engine)) is not None:
        problem = translated(RuntimeError(failure), engine.folder)
        if isinstance(problem, StoreFull):
            raise problem
        if monotonic() - began > WAIT_SECONDS:
            raise StoreError(reason=f"a change does not finish ({failure}).")
        sleep(pause)
        pause = min(pause * 1.5, 0.1)


def _unfinished(engine: Engine) -> str | None:
    """What the engine says about a change that is not done; None when all are."""
    sql = """
        SELECT mutation_id, latest_fail_reason FROM system.mutations
        WHERE database = currentDatabase() AND NOT is_done LIMIT 1"""
    left = engine.ask(sql).table.to_pylist()
    return f"{left[0]['mutation_id']} {left[0]['latest_fail_reason']}".strip() if left else None
