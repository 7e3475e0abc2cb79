"""A query as nested rows, for people who do not write booleans: read from its text, changed, and written back."""

from outlisten.query.building import changes
from outlisten.query.building.as_json import as_json, from_json
from outlisten.query.building.entering import Entered, entered
from outlisten.query.building.leaves import leaf_text
from outlisten.query.building.reading import outline
from outlisten.query.building.rows import EMPTY, Path, Row, row_at, walk_rows
from outlisten.query.building.writing import asked, placed, written

__all__ = [
    "EMPTY",
    "Entered",
    "Path",
    "Row",
    "as_json",
    "asked",
    "changes",
    "entered",
    "from_json",
    "leaf_text",
    "outline",
    "placed",
    "row_at",
    "walk_rows",
    "written",
]
