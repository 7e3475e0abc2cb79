"""Comments of a query: rows that say nothing to a search, kept where they stood."""

from __future__ import annotations

from outlisten.query.building.rows import Path, Row, row_at, spliced, walk_rows
from outlisten.query.limits import comments
from outlisten.query.tree import Span


def with_notes(root: Row, text: str) -> Row:
    """The outline with the comments of its text among its rows."""
    for start, end in reversed(comments(text)):
        group, place = _stands_in(root, (start, end))
        note = Row("note", text=text[start:end], at=(start, end))
        root = spliced(root, group, place, place, (note,))
    return root


def _stands_in(root: Row, at: Span) -> tuple[Path, int]:
    """The innermost group around a comment, and which of its rows comes next."""
    group: Path = ()
    for path, row in walk_rows(root):
        if row.is_group and row.at[0] <= at[0] and at[1] <= row.at[1]:
            group = path
    return group, sum(row.at[0] < at[0] for row in row_at(root, group).rows)
