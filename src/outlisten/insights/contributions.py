"""What each part of a query does to what it finds."""

from __future__ import annotations

from time import monotonic
from zoneinfo import ZoneInfo

import pyarrow as pa

from outlisten.insights.evidence import bracketed, narrowed
from outlisten.insights.insight import Insight
from outlisten.insights.notes import Note
from outlisten.insights.windows import UTC_ZONE
from outlisten.posts.store import ALL_TIME, Budget, PostStore, TimeRange
from outlisten.query import Query
from outlisten.query.parts import parts
from outlisten.query.tree import conjunction

MOST_PARTS, PATIENCE = 40, 10.0
COLUMNS = pa.schema(
    [
        ("place", pa.int32()),
        ("part", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("effect", pa.string()),
        ("posts", pa.int64()),
        ("evidence", pa.string()),
    ]
)


def contributions(
    store: PostStore,
    query: Query,
    window: TimeRange = ALL_TIME,
    *,
    among: Query | None = None,
    zone: ZoneInfo = UTC_ZONE,
    most: int = MOST_PARTS,
    seconds: float = PATIENCE,
    after: int = 0,
) -> Insight:
    """How many posts each part takes away (`requires`, `excludes`) or alone brings (`offers`); null where the time ran
    out before any was found.

    `among` narrows all of that to the posts it finds. Counts are exact. `start` and `end` are the part's place in the
    query as typed, `place` its place among all parts; `evidence` opens the posts. The outermost parts are counted first.
    `most` parts after the first `after` ones are counted, of a query that takes long as many as `seconds` suffice for;
    a note says so. Raises ValueError when the query is not valid.
    """
    every, until = parts(query), monotonic() + seconds
    rows: list[tuple[int, str, int, int, str, int | None, str]] = []
    cut = False
    for place in sorted(range(len(every)), key=lambda n: (every[n].inner, n))[after : after + most]:
        part = every[place]
        if rows and monotonic() > until:
            break
        difference = _among(part.difference, among)
        counted = store.count(difference, window=window, budget=Budget(seconds=2))
        cut = cut or counted.cut
        evidence = narrowed(difference, window=window, zone=zone)
        value = None if counted.cut and not counted.value else counted.value
        rows.append((place, part.typed, *part.at, part.effect, value, evidence))
    columns = list(map(list, zip(*sorted(rows), strict=True))) or [[] for _ in COLUMNS]
    counted_up_to = after + len(rows)
    notes = (
        [Note("first_parts", {"n": counted_up_to, "total": len(every)})] if len(every) > counted_up_to else []
    )
    notes += [Note("cut")] if cut else []
    return Insight(
        "contributions", pa.table(columns, schema=COLUMNS), narrowed(_among(query, among), window=window, zone=zone), "posts",
        notes=tuple(notes), window=window, cut=cut, settings={"zone": zone.key},
    )  # fmt: skip


def evidence_of_part(
    query: Query,
    place: int,
    window: TimeRange = ALL_TIME,
    *,
    among: Query | None = None,
    zone: ZoneInfo = UTC_ZONE,
) -> str:
    """The `evidence` of one part, by its place among all. Raises ValueError, and IndexError where there is none."""
    return narrowed(_among(parts(query)[place].difference, among), window=window, zone=zone)


def _among(query: Query, among: Query | None) -> Query:
    """The query's posts among those of another one. A query with mistakes stays one."""
    if among is None or query.tree is None or among.tree is None:
        return query
    text = f"{bracketed(query.text)} {bracketed(among.text)}"
    return Query(text, conjunction([query.tree, among.tree]), (), query.context)
