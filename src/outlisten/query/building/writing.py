"""From an outline to query text, and where in it each row stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from outlisten.query.building.rows import Row
from outlisten.query.parser import Context, Query, parse

Binding = Literal["or", "and", "not", "near", "leaf", "note"]
_UNITS = {"sentence": "s", "paragraph": "p"}


@dataclass(frozen=True, slots=True)
class Written:
    """Text, how tightly it binds, and the row with the places of everything inside it, counted from its start."""

    text: str
    binding: Binding
    row: Row


def written(root: Row) -> str:
    """The query text of an outline. Rows that are not finished, such as groups without words, are left out.

    Alternatives inside joined parts and joined parts inside alternatives stand in brackets, so that nobody needs to
    know which is read first. Leaves keep the text they were typed in.
    """
    return _row(root).text


def placed(root: Row) -> Row:
    """The outline with `at` set to where each row stands in its written text."""
    return _placed_at(_row(root).row, 0)


def asked(root: Row, context: Context | None = None, *, saving: bool = False) -> Query:
    """The query that an outline asks."""
    return parse(written(root), context, saving=saving)


def _placed_at(row: Row, shift: int) -> Row:
    start, end = row.at
    inner = tuple(_placed_at(inside, shift + start) for inside in row.rows)
    return replace(row, at=(start + shift, end + shift), rows=inner)


def _row(row: Row) -> Written:
    made = _positive(row)
    if not row.negated or not made.text or made.binding == "note":
        return made
    sign, open_, close = ("-", "", "") if row.is_leaf else ("NOT ", "(", ")")
    if made.binding == "leaf":
        open_, close = "", ""
    return _around(made, f"{sign}{open_}", close, "not")


def _positive(row: Row) -> Written:
    match row.kind:
        case "all" | "any":
            return _group(row)
        case "near":
            return _near(row)
        case "atleast":
            inner = _row(row.rows[0])
            return _holding(row, inner, f"ATLEAST/{row.values.get('count') or 2}(", ")")
        case "within":
            inner = _row(row.rows[0])
            open_, close = ("", "") if inner.binding == "leaf" else ("(", ")")
            return _holding(row, inner, f"{row.values.get('name') or row.values['scope']}:{open_}", close)
        case _:
            binding: Binding = "note" if row.kind == "note" else "leaf"
            return Written(row.text, binding, _span(row, 0, len(row.text)))


def _span(row: Row, start: int, end: int, rows: Sequence[Row] | None = None) -> Row:
    return replace(row, at=(start, end), rows=row.rows if rows is None else tuple(rows))


def _around(made: Written, before: str, after: str, binding: Binding) -> Written:
    """The text with signs around it; the row covers them, and what is inside it moves."""
    moved = [replace(row, at=(row.at[0] + len(before), row.at[1] + len(before))) for row in made.row.rows]
    text = f"{before}{made.text}{after}"
    return Written(text, binding, _span(made.row, 0, len(text), moved))


def _holding(row: Row, inner: Written, before: str, after: str) -> Written:
    """A row around its only slot; nothing while that is empty."""
    if not _is_full(inner):
        return Written("", "leaf", _span(row, 0, 0, (inner.row,)))
    text = f"{before}{inner.text}{after}"
    slot = replace(inner.row, at=(len(before), len(before) + len(inner.text)))
    return Written(text, "leaf", _span(row, 0, len(text), (slot,)))


def _near(row: Row) -> Written:
    sides = [_row(side) for side in row.rows]
    if not all(map(_is_full, sides)):
        return _one_side(row, sides)
    marked = [_bracketed(side, "or", "and", "not", "near") for side in sides]
    operator = f" {near_operator(row)} "
    left, right = marked
    rows = (left.row, _moved(right.row, len(left.text) + len(operator)))
    text = f"{left.text}{operator}{right.text}"
    return Written(text, "near", _span(row, 0, len(text), rows))


def _one_side(row: Row, sides: Sequence[Written]) -> Written:
    """While one side has no words, the other is asked by itself."""
    full = next(filter(_is_full, sides), sides[0])
    rows = [side.row if side is full else _span(side.row, 0, 0) for side in sides]
    return Written(full.text, full.binding, _span(row, 0, len(full.text), rows))


def near_operator(row: Row) -> str:
    """`NOT NEAR/6f` and its like."""
    size = _UNITS.get(row.values.get("unit", ""), row.values.get("distance") or "4")
    return f"{'NOT ' if row.values.get('apart') else ''}NEAR/{size}{'f' if row.values.get('ordered') else ''}"


def _bracketed(made: Written, *weaker: Binding) -> Written:
    return _around(made, "(", ")", "leaf") if made.binding in weaker else made


def _moved(row: Row, by: int) -> Row:
    return replace(row, at=(row.at[0] + by, row.at[1] + by))


def _is_full(made: Written) -> bool:
    """Whether something is asked; comments ask nothing."""
    return bool(made.text) and made.binding != "note"


def _group(row: Row) -> Written:
    members = [_row(member) for member in row.rows]
    full = list(filter(_is_full, members))
    if len(full) > 1:
        members = [_bracketed(made, "or", "and") for made in members]
    text, rows = "", []
    for made, before in zip(members, _joints(row, members), strict=True):
        text += before
        rows.append(_moved(made.row, len(text)))
        text += made.text
    noted = any(made.text and made.binding == "note" for made in members)
    return Written(text, _binding(row, full, noted=noted), _span(row, 0, len(text), rows))


def _binding(row: Row, full: Sequence[Written], *, noted: bool) -> Binding:
    if not full:
        return "note"
    if len(full) == 1 and not noted:
        return full[0].binding
    return "or" if row.kind == "any" else "and"


def _joints(row: Row, members: Sequence[Written]) -> Iterator[str]:
    """What stands before each member: comments are set off by a space, the others joined."""
    joint = " OR " if row.kind == "any" else " "
    begun = noted = False
    for made in members:
        if not made.text:
            yield ""
        elif made.binding == "note":
            yield " " if begun or noted else ""
            noted = True
        else:
            yield joint if begun else " " if noted else ""
            begun = True
