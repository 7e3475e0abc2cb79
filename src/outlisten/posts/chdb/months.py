"""The months a table is divided into: a part belongs to one, and so does a change to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from time import gmtime

import numpy as np
import pyarrow as pa

# The engine refuses an INSERT into more than 100 of them.
MONTHS_AN_INSERT = 50


def month(created_at: int) -> int:
    """202604 for a second in April 2026 (UTC), as `toYYYYMM`; undated posts are in 197001."""
    at = gmtime(created_at)
    return at.tm_year * 100 + at.tm_mon


def by_month(created_at: Mapping[int, int]) -> dict[int, list[int]]:
    """id → second, as month → ids."""
    months: dict[int, list[int]] = {}
    for number, second in created_at.items():
        months.setdefault(month(second), []).append(number)
    return dict(sorted(months.items()))


def inserts(rows: pa.Table) -> Iterator[pa.Table]:
    """Stored rows, sorted by the key and cut so that each INSERT stays within a few months."""
    ordered = rows.sort_by([("created_at", "ascending"), ("id", "ascending")])
    moments = ordered["created_at"].to_numpy().astype(np.int64).astype("datetime64[s]")
    months = moments.astype("datetime64[M]").astype(np.int64)
    starts = np.concatenate([[0], np.flatnonzero(np.diff(months)) + 1, [len(months)]])
    for first, last in spans(starts.tolist()):
        yield ordered.slice(first, last - first)


def spans(starts: list[int]) -> Iterator[tuple[int, int]]:
    """(from, to) covering up to MONTHS_AN_INSERT months each."""
    edges = [*starts[:-1:MONTHS_AN_INSERT], starts[-1]]
    yield from pairwise(edges)


def chunks(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Ids in statements of a bounded length."""
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]
