"""Posts that Outlisten itself has exported: the same posts, with the same ids, when they come back."""

from __future__ import annotations

from collections.abc import Iterable

from outlisten.posts import schema
from outlisten.posts.files.presets.preset import Cells, Facts, Fields, Preset, Shape
from outlisten.posts.files.spreadsheet_cells import original


def _recognises(shape: Shape) -> bool:
    return shape.has("id", "platform", "text", "seen_at", "date_only")


def _came_back(fields: Fields, cells: Cells, facts: Facts) -> Iterable[Fields]:
    """Cells of a spreadsheet lose the apostrophe that kept them from being formulas."""
    yield {name: original(cell) if isinstance(cell, str) else cell for name, cell in fields.items()}


SPREADSHEET = Preset(
    name="outlisten-csv",
    title="Outlisten export (CSV)",
    shape="CSV as Outlisten writes it",
    recognises=lambda shape: shape.format in {"csv", "tsv"} and _recognises(shape),
    mapping={name: name for name in schema.names("given")},
    adapt=_came_back,
    settles_dates=True,
)
EXACT = Preset(
    name="outlisten",
    title="Outlisten export",
    shape="JSON Lines, Parquet or XLSX as Outlisten writes it",
    recognises=_recognises,
    mapping={name: name for name in schema.names("given")},
    settles_dates=True,
)
