"""Questions that SQL can only narrow down: the evaluator is asked about every post that SQL proposes."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

import pyarrow as pa

from outlisten.posts.chdb.conditions import Where, after, cursor
from outlisten.posts.chdb.engine import Engine
from outlisten.posts.chdb.rows import published
from outlisten.posts.chdb.tables import quoted
from outlisten.posts.schema import names
from outlisten.posts.store import Budget
from outlisten.query import Query, matches

# About 30 microseconds a post; beyond this the question is too broad to be answered exactly in a page's time.
MOST_DECIDED = 50_000
_PAGE = 5_000
_COLUMNS = tuple(name for name in names() if name != "raw")


def decided(engine: Engine, query: Query, proposed: Where, budget: Budget) -> Where:
    """The posts among those proposed that the query finds: the newest, and `cut`, when there are too many to ask of.

    At most half of the budget's seconds are spent.
    """
    until = monotonic() + budget.seconds / 2
    found: list[int] = []
    asked = 0
    for posts in _pages(engine, proposed, budget):
        rows = published(posts).to_pylist()
        numbers = posts["id"].to_pylist()
        found += [number for number, post in zip(numbers, rows, strict=True) if matches(query, post)]
        asked += len(rows)
        if len(rows) == _PAGE and (asked >= MOST_DECIDED or monotonic() > until):
            return Where().also("id IN {decided:Array(UInt64)}", decided=found).cut_off()
    return Where().also("id IN {decided:Array(UInt64)}", decided=found)


def _pages(engine: Engine, proposed: Where, budget: Budget) -> Iterator[pa.Table]:
    """The proposed posts, newest first."""
    at: str | None = None
    while True:
        here = after(proposed, at)
        sql = f"""
            SELECT {", ".join(map(quoted, _COLUMNS))} FROM posts {here.clause}
            ORDER BY created_at DESC, id DESC LIMIT {{page:UInt64}}"""
        answer = engine.ask(
            sql, {**here.params, "page": _PAGE}, seconds=budget.seconds / 2, settings=here.settings
        )
        yield answer.table
        if answer.table.num_rows < _PAGE:
            return
        at = cursor(answer.table["created_at"][-1].as_py(), answer.table["id"][-1].as_py())
