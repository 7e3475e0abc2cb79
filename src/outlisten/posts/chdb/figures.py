"""Posts counted: in all, over time, by the values of a field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from outlisten.posts.chdb.asking import where
from outlisten.posts.chdb.conditions import Where
from outlisten.posts.chdb.engine import Engine
from outlisten.posts.chdb.tables import quoted
from outlisten.posts.errors import BadField, TookTooLong
from outlisten.posts.schema import BY_NAME, COLUMNS, LABEL
from outlisten.posts.store import Bucket, Budget, Count, Rows, TimeRange

if TYPE_CHECKING:
    from outlisten.query import Query

# Fields whose values can be counted: labels, people, places and lists of them; never texts, ids or numbers.
COUNTABLE = tuple(
    column.name
    for column in COLUMNS
    if column.group != "kept"
    and (pa.types.is_string(column.arrow) or pa.types.is_boolean(column.arrow)
         or column.arrow == pa.list_(pa.string()))
    and column.name not in {"id", "native_id", "title", "text", "quoted", "raw", "stream"}
)  # fmt: skip
# Weeks start on Monday (ISO 8601). Hours are instants, so that a day with 25 hours has 25.
BUCKETS: dict[Bucket, str] = {
    "hour": "toStartOfHour(created_at, {zone:String})",
    "day": "toDate(created_at, {zone:String})",
    "week": "toMonday(created_at, {zone:String})",
    "month": "toStartOfMonth(created_at, {zone:String})",
}
AUTHORS = "uniqExact(author_key)"


def count(engine: Engine, query: Query | None, *, window: TimeRange, budget: Budget) -> Count:
    """How many posts; a lower bound when cut."""
    found = where(engine, query, window, budget)
    sql = f"SELECT count() AS posts FROM posts {found.clause}"
    try:
        answer = engine.ask(sql, found.params, seconds=budget.seconds, settings=found.settings)
    except TookTooLong:
        return Count(0, cut=True)
    return Count(first(answer.table, "posts"), answer.cut or found.cut)


def histogram(
    engine: Engine, query: Query | None, *, bucket: Bucket, zone: ZoneInfo, window: TimeRange, by: str | None,
    budget: Budget,
) -> Rows:  # fmt: skip
    """(bucket, [by,] posts, authors), in order of time."""
    found = where(engine, query, window, budget).also("created_at > 0", zone=zone.key)
    value = f", {value_of(by)} AS value" if by is not None else ""
    keys = "bucket, value" if by is not None else "bucket"
    sql = f"""
        SELECT {BUCKETS[bucket]} AS bucket{value}, count() AS posts, {AUTHORS} AS authors
        FROM posts
        {found.clause}
        GROUP BY {keys} ORDER BY {keys}
        LIMIT {{limit:UInt64}}"""
    params = {**found.params, "limit": budget.rows + 1}
    answer = engine.ask(sql, params, seconds=budget.seconds, settings=found.settings)
    table = answer.table.slice(0, budget.rows)
    columns = {"bucket": starts(table["bucket"], bucket, zone)}
    if by is not None:
        columns[by] = values(table["value"])
    columns |= {"posts": counts(table["posts"]), "authors": counts(table["authors"])}
    return Rows(pa.table(columns), cut=found.cut or answer.cut or answer.table.num_rows > budget.rows)


def facet(engine: Engine, found: Where, name: str, *, top: int, budget: Budget) -> Rows:
    """(value, posts, authors) of a field, biggest first; null is *missing*. Lists count each of their values."""
    sql = f"""
        SELECT {value_of(name)} AS value, count() AS posts, {AUTHORS} AS authors
        FROM posts
        {found.clause}
        GROUP BY value ORDER BY posts DESC, value
        LIMIT {{top:UInt64}}"""
    params = {**found.params, "top": max(0, min(top, budget.rows))}
    answer = engine.ask(sql, params, seconds=budget.seconds, settings=found.settings)
    table = answer.table
    columns = {
        "value": values(table["value"]), "posts": counts(table["posts"]), "authors": counts(table["authors"]),
    }  # fmt: skip
    return Rows(pa.table(columns), cut=answer.cut or found.cut)


def facets(
    engine: Engine, query: Query | None, fields: Sequence[str], *, top: int, window: TimeRange, budget: Budget
) -> dict[str, Rows]:
    """A facet for each field."""
    found = where(engine, query, window, budget)
    return {name: facet(engine, found, name, top=top, budget=budget) for name in fields}


def value_of(name: str) -> str:
    """The SQL of a field's value as text, '' for missing. Raises BadField for a field that cannot be counted."""
    if name not in COUNTABLE:
        raise BadField(field=name, known=", ".join(COUNTABLE))
    column = BY_NAME[name]
    if pa.types.is_list(column.arrow):
        return f"arrayJoin(if(empty({quoted(name)}), [''], arrayDistinct({quoted(name)})))"
    if pa.types.is_boolean(column.arrow):
        return f"toString({quoted(name)})"
    return quoted(name)


def few_values(name: str) -> bool:
    """Whether a field has one value a post out of few, so that many such fields are counted in one pass."""
    value_of(name)
    column = BY_NAME[name]
    return not pa.types.is_list(column.arrow) and column.clickhouse in {LABEL, "Bool"}


def starts(buckets: pa.ChunkedArray, bucket: Bucket, zone: ZoneInfo) -> pa.ChunkedArray:
    """Bucket starts: days as dates, hours as instants shown in the zone."""
    if bucket == "hour":
        return buckets.cast(pa.int64()).cast(pa.timestamp("s", tz=zone.key))
    return buckets.cast(pa.date32())


def values(found: pa.ChunkedArray) -> pa.ChunkedArray:
    """Texts with '' back to null."""
    return pc.if_else(pc.equal(found, ""), pa.scalar(None, pa.string()), found.cast(pa.string()))


def counts(numbers: pa.ChunkedArray) -> pa.ChunkedArray:
    """Counts as int64, which every chart and notebook can read."""
    return numbers.cast(pa.int64())


def first(table: pa.Table, name: str) -> int:
    """The number in the first row, 0 when a cut left none."""
    return int(table[name][0].as_py()) if table.num_rows else 0
