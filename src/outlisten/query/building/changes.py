"""Changes of an outline: each takes an outline and a path, and gives the new outline and the path to look at next.

A path that leads nowhere raises LookupError; what cannot be done there raises ValueError. Nothing else of the query
is touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from outlisten.query.building.entering import unlike
from outlisten.query.building.rows import (
    EMPTY,
    GROUPS,
    SLOTS,
    Kind,
    Path,
    Row,
    is_member,
    rewritten_at,
    row_at,
    spliced,
)

Mode = Literal["all", "any", "none", "notall"]
_MODES: dict[str, tuple[Kind, bool]] = {
    "all": ("all", False), "any": ("any", False), "none": ("any", True), "notall": ("all", True),
}  # fmt: skip
_SCOPES = frozenset({"title", "text", "quoted"})
FORMS = (*_MODES, *SLOTS, *_SCOPES)


@dataclass(frozen=True, slots=True)
class Changed:
    """The new outline, and the path of what was changed."""

    root: Row
    path: Path


def mode_of(row: Row) -> Mode:
    """How the rows of a group are joined, in one word."""
    if row.kind == "any":
        return "none" if row.negated else "any"
    return "notall" if row.negated else "all"


def new_row(form: str, rows: Sequence[Row] = ()) -> Row:
    """A group (all, any, none, notall), or a row that holds one: near, atleast, or a field (title, text, quoted).

    Raises ValueError for another form.
    """
    if form in _MODES:
        kind, negated = _MODES[form]
        return Row(kind, tuple(rows), negated=negated)
    first = rows[0] if len(rows) == 1 and rows[0].is_group else replace(EMPTY, rows=tuple(rows))
    if form == "near":
        return Row("near", (first, EMPTY), "", {"distance": "4", "unit": "token", "ordered": "", "apart": ""})
    if form == "atleast":
        return Row("atleast", (first,), "", {"count": "2"})
    if form in _SCOPES:
        return Row("within", (first,), "", {"scope": form, "name": form})
    raise ValueError(form)


def add(root: Row, path: Path, rows: Sequence[Row]) -> Changed:
    """More rows at the end of a group; those that stand in it already are not added again."""
    group = _group_at(root, path)
    fresh = list(unlike(rows, group.rows))
    return Changed(spliced(root, path, len(group.rows), len(group.rows), fresh), (*path, len(group.rows)))


def put(root: Row, path: Path, rows: Sequence[Row]) -> Changed:
    """Other rows in the place of one; at the root and in a slot they are gathered in a group."""
    if is_member(root, path):
        parent, place = path[:-1], path[-1]
        opened = [inner for row in rows for inner in _same_join(row, row_at(root, parent))]
        return Changed(spliced(root, parent, place, place + 1, opened), path)
    row_at(root, path)
    gathered = rows[0] if len(rows) == 1 and rows[0].is_group else replace(EMPTY, rows=tuple(rows))
    return Changed(rewritten_at(root, path, lambda _row: gathered), path)


def remove(root: Row, path: Path) -> Changed:
    """Without a row; a slot and the root are emptied instead. A group left empty goes too, if it stands in one."""
    if not is_member(root, path):
        return put(root, path, ())
    without = put(root, path, ()).root
    parent = path[:-1]
    if not row_at(without, parent).rows and is_member(without, parent):
        return remove(without, parent)
    return Changed(without, (*parent, min(path[-1], max(0, len(row_at(without, parent).rows) - 1))))


def duplicate(root: Row, path: Path) -> Changed:
    """A row twice, the second right after the first."""
    row = _member_at(root, path)
    place = path[-1]
    return Changed(spliced(root, path[:-1], place, place + 1, (row, row)), (*path[:-1], place + 1))


def negate(root: Row, path: Path) -> Changed:
    """The opposite of a row."""
    if row_at(root, path).kind == "note":
        raise ValueError("a comment has no opposite")
    return Changed(rewritten_at(root, path, lambda row: replace(row, negated=not row.negated)), path)


def join(root: Row, path: Path, mode: str) -> Changed:
    """The rows of a group joined another way."""
    _group_at(root, path)
    kind, negated = _MODES.get(mode, (None, False))
    if kind is None:
        raise ValueError(mode)
    return Changed(rewritten_at(root, path, lambda row: replace(row, kind=kind, negated=negated)), path)


def wrap(root: Row, path: Path, form: str) -> Changed:
    """A row inside a new group, or made one side of a NEAR, counted, or asked of one field."""
    row = row_at(root, path)
    if row.kind == "note":
        raise ValueError("a comment cannot be wrapped")
    around = new_row(form, (row,))
    if not is_member(root, path) and not around.is_group:
        around = replace(EMPTY, kind="all", rows=(around,))
    return Changed(rewritten_at(root, path, lambda _row: around), path)


def unwrap(root: Row, path: Path) -> Changed:
    """The rows of a group, or of what holds one, in its place."""
    row = _member_at(root, path)
    if row.is_leaf or row.negated:
        raise ValueError("nothing to take apart")
    inner = [one for slot in row.rows for one in _opened(slot)] if row.kind in SLOTS else row.rows
    parent = row_at(root, path[:-1])
    if len(parent.rows) == len(inner) == 1 and inner[0].is_group and not parent.negated:
        return Changed(rewritten_at(root, path[:-1], lambda _row: inner[0]), path[:-1])
    return put(root, path, inner)


def _same_join(row: Row, group: Row) -> tuple[Row, ...]:
    """The rows of a group that is joined as the group it comes into, else the row."""
    return row.rows if row.kind == group.kind and not (row.negated or group.negated) else (row,)


def _opened(slot: Row) -> tuple[Row, ...]:
    return slot.rows if len(slot.rows) < 2 and not slot.negated else (slot,)


def shift(root: Row, path: Path, by: int) -> Changed:
    """A row moved among its neighbours, as far as the end of its group."""
    row = _member_at(root, path)
    group = row_at(root, path[:-1])
    others = [*group.rows[: path[-1]], *group.rows[path[-1] + 1 :]]
    place = max(0, min(len(others), path[-1] + by))
    moved = [*others[:place], row, *others[place:]]
    return Changed(spliced(root, path[:-1], 0, len(group.rows), moved), (*path[:-1], place))


def move(root: Row, path: Path, into: Path, place: int | None = None) -> Changed:
    """A row moved into a group, before the row that stands at `place` there now; without one, to its end."""
    row = _member_at(root, path)
    group = _group_at(root, into)
    if into[: len(path)] == path:
        raise ValueError("a row cannot be moved into itself")
    at = len(group.rows) if place is None else max(0, min(len(group.rows), place))
    with_it = spliced(root, into, at, at, (row,))
    was = _after_insertion(path, into, at)
    target = _after_removal((*into, at), was)
    return Changed(spliced(with_it, was[:-1], was[-1], was[-1] + 1, ()), target)


def also(root: Row, row: Row) -> Changed:
    """One more thing that every post must fit; what was asked so far stays together."""
    if root.kind != "all" or root.negated:
        root = root if root.rows else replace(root, negated=False)
        root = replace(EMPTY, kind="all", rows=(root,))
    return Changed(replace(root, rows=(*root.rows, row)), (len(root.rows),))


def _after_insertion(path: Path, into: Path, at: int) -> Path:
    """Where a path leads after a row was put into a group."""
    depth = len(into)
    if len(path) > depth and path[:depth] == into and path[depth] >= at:
        return (*into, path[depth] + 1, *path[depth + 1 :])
    return path


def _after_removal(path: Path, removed: Path) -> Path:
    """Where a path leads after a row was taken out."""
    depth = len(removed) - 1
    if len(path) > depth and path[:depth] == removed[:-1] and path[depth] > removed[-1]:
        return (*path[:depth], path[depth] - 1, *path[depth + 1 :])
    return path


def _group_at(root: Row, path: Path) -> Row:
    row = row_at(root, path)
    if row.kind not in GROUPS:
        raise ValueError("not a group")
    return row


def _member_at(root: Row, path: Path) -> Row:
    if not is_member(root, path):
        raise ValueError("not a row of a group")
    return row_at(root, path)
