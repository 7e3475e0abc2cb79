"""Cells by the names that a column may have, written with or without case, blanks and brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from outlisten.posts.files.column_names import plain
from outlisten.posts.files.presets.preset import Cells, Fields

UNIT = re.compile(r"[(（][^()（）]*[)）]\s*$")  # 平均播放时长（秒）
NOTHING = frozenset({"", "-", "--", "—", "/", "无"})  # how these files write that there is no value
Names = Mapping[str, str]  # post field → names of its column, the likeliest first, with blanks between


def short(name: str) -> str:
    """A column's name without what is not part of it."""
    return plain(UNIT.sub("", name.strip().lstrip("\ufeff")))


def shorts(names: Iterable[str]) -> frozenset[str]:
    """Columns' names without what is not part of them."""
    return frozenset(map(short, names))


def picked(cells: Cells, names: Names) -> Fields:
    """{post field: cell} for the first column of each field that has a value."""
    by_name = {short(name): cell for name, cell in cells.items() if _is_there(cell)}
    found: Fields = {}
    for field, columns in names.items():
        for column in columns.split():
            if column in by_name:
                found[field] = by_name[column]
                break
    return found


def _is_there(cell: object) -> bool:
    return cell is not None and str(cell).strip() not in NOTHING


def overridden(found: Fields, fields: Fields) -> Fields:
    """What was found, save for what a person said is elsewhere."""
    return found | {field: cell for field, cell in fields.items() if cell is not None and cell != ""}
