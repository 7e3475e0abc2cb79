"""Posts read into memory for a statistic the engine cannot compute: all, or a bounded random sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from outlisten.insights.notes import Note
from outlisten.posts.store import ALL_TIME, Budget, PostStore, TimeRange
from outlisten.query import Query

ROWS = 50_000  # a share from this many authors is known to half a percent, and reading them is quick
SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Rows:
    """Posts read, out of `total` that match."""

    posts: pa.Table
    total: int
    cut: bool

    @property
    def sampled(self) -> bool:
        """Whether these are only some of the posts."""
        return bool(self.posts.num_rows < self.total)

    @property
    def share(self) -> float:
        """Which share of the matching posts was read."""
        return self.posts.num_rows / self.total if self.total else 1.0

    @property
    def notes(self) -> tuple[Note, ...]:
        """What to say about the reading: a sample, or a question cut short."""
        sampled = Note("sampled", {"n": self.posts.num_rows, "total": self.total})
        return (*([sampled] if self.sampled else []), *([Note("cut")] if self.cut else []))


def read_rows(
    store: PostStore,
    query: Query | None,
    columns: Sequence[str],
    *,
    window: TimeRange = ALL_TIME,
    size: int = ROWS,
    seed: int = 0,
) -> Rows:
    """Up to `size` matching posts; when more match, a simple random sample that the same seed gives again."""
    budget = Budget(rows=size, seconds=SECONDS)
    names = list(dict.fromkeys(columns))
    found = store.sample(query, size=size, seed=seed, columns=names, window=window, budget=budget)
    if found.table.num_rows < size:
        return Rows(found.table, found.table.num_rows, found.cut)
    count = store.count(query, window=window, budget=budget)
    return Rows(found.table, max(count.value, found.table.num_rows), count.cut)


def texts_as_authors(rows: Rows) -> Rows:
    """The different texts of some posts, each as if somebody of its own had written it."""
    first = pl.Series(rows.posts["stream"].to_pylist(), dtype=pl.String).is_first_distinct()
    kept = rows.posts.filter(pa.array(first.to_list(), pa.bool_()))
    for name in ("author_id", "author_handle", "author"):
        place = kept.schema.get_field_index(name)
        kept = kept.set_column(place, name, pa.nulls(kept.num_rows, kept.schema.field(place).type))
    return Rows(kept, rows.total - (rows.posts.num_rows - kept.num_rows), rows.cut)
