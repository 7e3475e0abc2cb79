"""Everything the Listen page needs about a question, in a few statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pyarrow as pa

from outlisten.posts.chdb.conditions import Where, where
from outlisten.posts.chdb.engine import Engine
from outlisten.posts.chdb.figures import AUTHORS, BUCKETS, counts, first, starts, value_of, values
from outlisten.posts.chdb.reading import page
from outlisten.posts.store import Bucket, Budget, Dashboard, TimeRange

if TYPE_CHECKING:
    from outlisten.query import Query


def dashboard(
    engine: Engine, query: Query | None, *, bucket: Bucket, zone: ZoneInfo, fields: Sequence[str], top: int,
    newest: int, window: TimeRange, budget: Budget,
) -> Dashboard:  # fmt: skip
    """Counts, time line, facets and the newest posts of one question."""
    found = where(query, window)
    totals, cut = _totals(engine, found, budget)
    histogram, cut_time = _histogram(engine, found, bucket, zone, budget)
    tops, cut_tops = _tops(engine, found, fields, top, budget)
    posts = page(engine, found, limit=newest, columns=None, budget=budget)
    return Dashboard(
        count=first(totals, "posts"), undated=first(totals, "undated"), authors=first(totals, "authors"),
        histogram=histogram, facets=tops, newest=posts, cut=cut or cut_time or cut_tops or posts.cut,
    )  # fmt: skip


def _totals(engine: Engine, found: Where, budget: Budget) -> tuple[pa.Table, bool]:
    sql = f"""
        SELECT count() AS posts, countIf(created_at = 0) AS undated, {AUTHORS} AS authors
        FROM posts WHERE {found.sql}"""
    answer = engine.ask(sql, found.params, seconds=budget.seconds, settings=found.settings)
    return answer.table, answer.cut


def _histogram(
    engine: Engine, found: Where, bucket: Bucket, zone: ZoneInfo, budget: Budget
) -> tuple[pa.Table, bool]:
    dated = found.also("created_at > 0", zone=zone.key)
    sql = f"""
        SELECT {BUCKETS[bucket]} AS bucket, count() AS posts
        FROM posts WHERE {dated.sql}
        GROUP BY bucket ORDER BY bucket
        LIMIT {{limit:UInt64}}"""
    params = {**dated.params, "limit": budget.rows + 1}
    answer = engine.ask(sql, params, seconds=budget.seconds, settings=dated.settings)
    table = answer.table.slice(0, budget.rows)
    columns = {"bucket": starts(table["bucket"], bucket, zone), "posts": counts(table["posts"])}
    return pa.table(columns), answer.cut or answer.table.num_rows > budget.rows


def _tops(
    engine: Engine, found: Where, fields: Sequence[str], top: int, budget: Budget
) -> tuple[dict[str, pa.Table], bool]:
    tops, cut = {}, False
    for name in fields:
        sql = f"""
            SELECT {value_of(name)} AS value, count() AS posts FROM posts WHERE {found.sql}
            GROUP BY value ORDER BY posts DESC, value LIMIT {{top:UInt64}}"""
        answer = engine.ask(
            sql, {**found.params, "top": top}, seconds=budget.seconds, settings=found.settings
        )
        tops[name] = pa.table(
            {"value": values(answer.table["value"]), "posts": counts(answer.table["posts"])}
        )
        cut = cut or answer.cut
    return tops, cut
