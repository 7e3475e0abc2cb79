"""Everything the Listen page needs about a question, in a few statements.

One pass over the hits counts every bucket and every value of the fields with few values (GROUPING SETS); beside it one
counts authors; then one reads the newest posts, and only as far back as the time line says it must. Where finding the
hits is dear (words near each other, long booleans) they are found once, and what the figures need of them is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from outlisten.posts.chdb.asking import where
from outlisten.posts.chdb.conditions import Where
from outlisten.posts.chdb.engine import Answer, Ask, Engine
from outlisten.posts.chdb.figures import AUTHORS, BUCKETS, counts, few_values, first, starts, value_of, values
from outlisten.posts.chdb.reading import page
from outlisten.posts.chdb.tables import quoted
from outlisten.posts.store import Bucket, Budget, Dashboard, TimeRange

if TYPE_CHECKING:
    from outlisten.query import Query

# Local midnight can be skipped by a change of the clock; starting earlier only reads a little more.
MARGIN = timedelta(hours=3)


@dataclass(slots=True)
class _Question:
    """What is asked, of which table, and the time that is left for it."""

    run: Ask
    found: Where
    budget: Budget
    table: str = "posts"
    began: float = field(default_factory=monotonic)
    cut: bool = False

    def ask(self, sql: str, **params: object) -> pa.Table:
        """The answer to one statement; remembers when it was cut."""
        answer: Answer = self.run(
            sql, {**self.found.params, **params}, seconds=self.left(), settings=self.found.settings
        )
        self.cut = self.cut or answer.cut
        return answer.table

    def left(self) -> float:
        """Seconds of the budget that the statements before have not used; never so few that nothing can run."""
        return max(self.budget.seconds - (monotonic() - self.began), self.budget.seconds / 100)


@contextmanager
def _asked(
    engine: Engine, query: Query | None, window: TimeRange, budget: Budget, fields: Sequence[str]
) -> Iterator[_Question]:
    """The question, asked of the posts; of its hits alone where finding them is dear."""
    began = monotonic()
    found = where(engine, query, window, budget)
    if not found.dear:
        yield _Question(engine.ask, found, budget, began=began, cut=found.cut)
        return
    with engine.together() as ask:
        asked = _Question(ask, found, budget, began=began, cut=found.cut)
        kept = ", ".join(map(quoted, dict.fromkeys(["created_at", "id", "author_key", *fields])))
        asked.ask(f"CREATE TEMPORARY TABLE hits AS SELECT {kept} FROM posts {found.clause}")
        asked.found, asked.table = Where(), "hits"
        try:
            yield asked
        finally:
            ask("DROP TEMPORARY TABLE hits")


def dashboard(
    engine: Engine, query: Query | None, *, bucket: Bucket, zone: ZoneInfo, fields: Sequence[str], top: int,
    newest: int, columns: Sequence[str] | None, window: TimeRange, budget: Budget,
) -> Dashboard:  # fmt: skip
    """Counts, time line, facets and the newest posts of one question, within one budget."""
    few = [name for name in fields if few_values(name)]
    with _asked(engine, query, window, budget, fields) as asked:
        table, authors = _counted(asked, few, bucket, zone)
        keys = len(few) + 1
        times, undated = _times(table, keys, bucket, zone)
        tops = {name: _top(table, few.index(name) + 1, keys, top) for name in few}
        tops |= {name: _asked_top(asked, name, top) for name in fields if name not in few}
        found = _back_to(asked, times, zone, newest)
    posts = page(engine, found, limit=newest, columns=columns, budget=Budget(budget.rows, asked.left()))
    return Dashboard(
        count=undated + (pc.sum(times["posts"]).as_py() or 0), undated=undated, authors=authors,
        histogram=times.slice(0, budget.rows), facets={name: tops[name] for name in fields}, newest=posts,
        cut=asked.cut or posts.cut or times.num_rows > budget.rows,
    )  # fmt: skip


def _counted(asked: _Question, few: Sequence[str], bucket: Bucket, zone: ZoneInfo) -> tuple[pa.Table, int]:
    """Posts by every bucket and value, and distinct authors."""
    if asked.table != "posts":
        return _grouped(asked, few, bucket, zone), _authors(asked)
    with ThreadPoolExecutor(1) as beside:  # neither statement alone keeps two cores busy
        counted = beside.submit(_authors, asked)
        return _grouped(asked, few, bucket, zone), counted.result()


def _authors(asked: _Question) -> int:
    """How many distinct authors wrote them, exactly."""
    return first(asked.ask(f"SELECT {AUTHORS} AS authors FROM {asked.table} {asked.found.clause}"), "authors")


def _grouped(asked: _Question, few: Sequence[str], bucket: Bucket, zone: ZoneInfo) -> pa.Table:
    """(mask, bucket, v1, v2, …, posts): rows with the mask of a key count the posts with that key's value."""
    # `add` takes no date before 1990, so the first day, week or month of 1970 holds the undated ones.
    undated = "toDateTime(0, {zone:String})" if bucket == "hour" else "toDate(0)"
    shown = [f"if(created_at = 0, {undated}, {BUCKETS[bucket]}) AS bucket"]
    shown += [f"{value_of(name)} AS v{place}" for place, name in enumerate(few, 1)]
    keys = ["bucket", *(f"v{place}" for place in range(1, len(few) + 1))]
    sql = f"""
        SELECT grouping({", ".join(keys)}) AS mask, {", ".join(shown)}, count() AS posts
        FROM {asked.table} {asked.found.clause}
        GROUP BY GROUPING SETS ({", ".join(f"({key})" for key in keys)})"""
    return asked.ask(sql, zone=zone.key)


def _set(table: pa.Table, key: int, keys: int) -> pa.Table:
    """The rows that count by the nth of so many keys: in the mask, only its bit is 0."""
    mask = 2**keys - 1 - 2 ** (keys - 1 - key)
    return table.filter(pc.equal(table["mask"].cast(pa.int64()), mask))


def _times(table: pa.Table, keys: int, bucket: Bucket, zone: ZoneInfo) -> tuple[pa.Table, int]:
    """(bucket, posts) in order of time, and how many posts are undated."""
    rows = _set(table, 0, keys)
    buckets, posts = starts(rows["bucket"], bucket, zone), counts(rows["posts"])
    undated = pc.equal(
        rows["bucket"].cast(pa.int64() if bucket == "hour" else pa.int32()).cast(pa.int64()), 0
    )
    times = pa.table({"bucket": buckets, "posts": posts})
    return times.filter(pc.invert(undated)).sort_by("bucket"), pc.sum(posts.filter(undated)).as_py() or 0


def _top(table: pa.Table, key: int, keys: int, top: int) -> pa.Table:
    """(value, posts), biggest first, equal ones in the order of their values."""
    rows = _set(table, key, keys)
    found = pa.table({"value": rows[f"v{key}"].cast(pa.string()), "posts": counts(rows["posts"])})
    biggest = found.sort_by([("posts", "descending"), ("value", "ascending")]).slice(0, top)
    return biggest.set_column(0, "value", values(biggest["value"]))


def _asked_top(asked: _Question, name: str, top: int) -> pa.Table:
    """The same for a field with many values, or with several a post."""
    sql = f"""
        SELECT {value_of(name)} AS value, count() AS posts FROM {asked.table} {asked.found.clause}
        GROUP BY value ORDER BY posts DESC, value LIMIT {{top:UInt64}}"""
    rows = asked.ask(sql, top=max(0, top))
    return pa.table({"value": values(rows["value"]), "posts": counts(rows["posts"])})


def _back_to(asked: _Question, times: pa.Table, zone: ZoneInfo, newest: int) -> Where:
    """What selects at least the newest so many posts, and little else."""
    if asked.table != "posts":
        return _these(asked, newest)
    found, wanted = asked.found, newest + 1
    for start, posts in zip(
        reversed(times["bucket"].to_pylist()), reversed(times["posts"].to_pylist()), strict=True
    ):
        wanted -= posts
        if wanted <= 0 and not asked.cut:
            return found.also("created_at >= {reach:DateTime('UTC')}", reach=_instant(start, zone) - MARGIN)
    return found


def _these(asked: _Question, newest: int) -> Where:
    """The newest hits themselves; one more, so that the page knows of the next."""
    rows = asked.ask(
        "SELECT created_at, id FROM hits ORDER BY created_at DESC, id DESC LIMIT {most:UInt64}",
        most=newest + 1,
    )
    moments, ids = (rows[name].to_pylist() if rows.num_rows else [] for name in ("created_at", "id"))
    sql = "created_at IN {moments:Array(UInt32)} AND id IN {ids:Array(UInt64)}"
    return Where().also(sql, moments=sorted(set(moments)), ids=ids)


def _instant(start: date | datetime, zone: ZoneInfo) -> datetime:
    local = start if isinstance(start, datetime) else datetime.combine(start, time(), zone)
    return local.astimezone(UTC)
