"""A batch looked at before anything is written: its shape, and the rows that cannot be kept."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from outlisten.posts.errors import BadColumn
from outlisten.posts.schema import WHEN, arrow_schema

ALL = arrow_schema()
# From 1990, before which nobody posted in public (the days around 1970 stand for missing dates), to the last second
# of the engine's DateTime.
EARLIEST, LATEST = pa.scalar(631_152_000, pa.int64()), pa.scalar(2**32 - 1, pa.int64())


@dataclass(frozen=True, slots=True)
class Checked:
    """Rows that can be kept, and (row number, reason) of those that cannot."""

    posts: pa.Table
    rejected: tuple[tuple[int, str], ...]


def checked(posts: pa.Table) -> Checked:
    """The batch in the schema's order and types. Raises BadColumn when a column is absent or of another type."""
    missing = [name for name in ALL.names if name not in posts.column_names]
    if missing:
        raise BadColumn(columns=", ".join(missing))
    try:
        shaped = posts.select(ALL.names).cast(ALL)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as failure:
        raise BadColumn(columns=str(failure)) from failure
    problems = _problems(shaped)
    if not problems:
        return Checked(shaped, ())
    good = [row for row in range(shaped.num_rows) if row not in problems]
    return Checked(shaped.take(good), tuple(sorted(problems.items())))


def _problems(posts: pa.Table) -> dict[int, str]:
    """Row → reason; the first reason wins. (The pipeline has already rejected what people send wrongly.)"""
    moment = posts["created_at"].cast(WHEN).cast(pa.int64())
    beyond = pc.or_(pc.less(moment, EARLIEST), pc.greater(moment, LATEST))
    checks = (
        (
            pc.invert(pc.fill_null(pc.match_substring_regex(posts["id"], "^[0-9a-f]{16}$"), False)),
            "its id is not valid",
        ),
        (pc.equal(posts["platform"].fill_null(""), ""), "it names no platform"),
        (pc.is_null(posts["text"]), "it has no text"),
        (pc.fill_null(beyond, False), "its date is before 1990 or after 2106"),
    )
    found: dict[int, str] = {}
    for mask, reason in checks:
        for row in pc.indices_nonzero(mask).to_pylist():
            found.setdefault(row, reason)
    return found


def waves(posts: pa.Table) -> list[pa.Table]:
    """The batch in parts that hold each id once, in order: an id's second appearance is in the second part."""
    seen: dict[str, int] = {}
    turns = []
    for identifier in posts["id"].to_pylist():
        turn = seen.get(identifier, 0)
        seen[identifier] = turn + 1
        turns.append(turn)
    last = max(turns, default=0)
    if last == 0:
        return [posts] if turns else []
    which = pa.array(turns)
    return [posts.filter(pc.equal(which, turn)) for turn in range(last + 1)]
