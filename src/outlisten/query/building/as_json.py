"""Outlines as JSON: plain values for a notebook or a page, and back with everything checked."""

from __future__ import annotations

from collections.abc import Mapping

from outlisten.query.building.rows import GROUPS, LEAVES, SLOTS, Row

DEEPEST = 120  # a query nests at most 50 deep, and each level is at most two rows
MOST = 10_000


def as_json(row: Row) -> dict[str, object]:
    """The row as plain values; what is empty is left out."""
    plain: dict[str, object] = {"kind": row.kind}
    if row.text:
        plain["text"] = row.text
    if row.values:
        plain["values"] = dict(row.values)
    if row.negated:
        plain["negated"] = True
    if row.rows:
        plain["rows"] = [as_json(inner) for inner in row.rows]
    return plain


def from_json(plain: object) -> Row:
    """The outline these values describe. Raises ValueError when they describe none."""
    root = _Reading().row(plain, 0)
    if not root.is_group:
        raise ValueError("the outline must be a group")
    return root


class _Reading:
    def __init__(self) -> None:
        self.count = 0

    def row(self, plain: object, depth: int) -> Row:
        self.count += 1
        if not isinstance(plain, Mapping) or depth > DEEPEST or self.count > MOST:
            raise ValueError("not an outline")
        kind, text, values = plain.get("kind"), plain.get("text", ""), plain.get("values", {})
        inner = plain.get("rows", [])
        if not (isinstance(kind, str) and isinstance(text, str) and isinstance(inner, list)):
            raise ValueError("not an outline")
        if not _is_of_strings(values) or (kind == "within" and "scope" not in values):
            raise ValueError("not an outline")
        rows = tuple(self.row(one, depth + 1) for one in inner)
        _check(kind, rows)
        return Row(kind, rows, text, dict(values), plain.get("negated") is True)  # type: ignore[arg-type]  # checked


def _check(kind: str, rows: tuple[Row, ...]) -> None:
    if kind in SLOTS:
        right = len(rows) == SLOTS[kind] and all(row.is_group for row in rows)
    else:
        right = kind in GROUPS or (kind in LEAVES and not rows)
    if not right:
        raise ValueError(f"{kind} cannot hold these rows")


def _is_of_strings(values: object) -> bool:
    return isinstance(values, Mapping) and all(
        isinstance(text, str) for pair in values.items() for text in pair
    )
