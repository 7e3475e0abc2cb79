"""A row of names and values from a system of one's own as a post: the same guessing and reading as for files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from outlisten.posts.files.column_names import guess
from outlisten.posts.files.columns import TableMaker
from outlisten.posts.files.dates import DateReader
from outlisten.posts.files.mapping import cell_at
from outlisten.posts.files.planning import FIELDS
from outlisten.sources.connector import Post, Unmappable
from outlisten.sources.problems import WrongOption

MOST_NAMES, DEPTH = 300, 4
MADE = ("id", "source", "raw", "seen_at")  # what is made of a post wherever it comes from


def chosen_fields(pairs: Sequence[str], option: str) -> dict[str, str]:
    """{post field: name in the row} of entries such as `text=body`. Raises WrongOption naming the option."""
    found = {}
    for pair in pairs:
        field, equals, name = (part.strip() for part in pair.partition("="))
        if not (equals and name) or field not in FIELDS:
            raise WrongOption(option=option, reason=f"{pair!r} ≠ field=column ({', '.join(FIELDS)})")
        found[field] = name
    return found


def row_post(row: Mapping[str, object], chosen: Mapping[str, str], *, platform: str, now: datetime) -> Post:
    """The post of a row. `chosen` names that the row has go before fields by their own names, these before guessed ones.

    Raises Unmappable.
    """
    names = _paths(row)
    named = {field: field for field in FIELDS if field in names}
    there = {field: name for field, name in chosen.items() if cell_at(row, name) is not None}
    mapping = guess(names) | named | there
    columns = {field: [cell_at(row, name)] for field, name in mapping.items()}
    maker = TableMaker(
        DateReader(UTC, "year-first", now), {"platform": platform}, source="", now=now, needs_text=False
    )
    table, problems = maker.table(columns, [""])
    if problems:
        raise Unmappable(problems[0].text("en"))
    post = table.to_pylist()[0]
    return {name: value for name, value in post.items() if value is not None and name not in MADE}


def _paths(row: Mapping[str, object], before: str = "", depth: int = 0) -> list[str]:
    """The names in a row, those inside others with dots between."""
    found: list[str] = []
    for name, value in row.items():
        if isinstance(value, Mapping) and depth < DEPTH:
            found += _paths(value, f"{before}{name}.", depth + 1)
        else:
            found.append(f"{before}{name}")
    return found[:MOST_NAMES]
