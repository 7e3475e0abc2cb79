"""A series in a CSV file: days, values, comparisons."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from outlisten.cli.endings import Refused
from outlisten.cli.input_files import input_files
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.insights.effects import ClaimSeries, Kind


def read_series(session: Session, name: str, kind: Kind) -> ClaimSeries:
    """The series of a file whose first row names its columns; - is standard input. Raises Refused, BadSeries."""
    import pyarrow as pa

    from outlisten.insights.effects import ClaimSeries

    path = input_files(session, [name])[0]
    _ = session.words
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = [row for row in csv.reader(lines) if any(cell.strip() for cell in row)]
    except (UnicodeDecodeError, csv.Error):
        raise Refused(_("{path} is not a CSV file in UTF-8; save it as one.").format(path=name)) from None
    if not rows:
        raise Refused(_("{path} is empty.").format(path=name))
    names, *body = rows
    uneven = next((place for place, row in enumerate(body, start=2) if len(row) != len(names)), None)
    if uneven:
        raise Refused(
            _("{path}, row {row}: it has other columns than the first row.").format(path=name, row=uneven)
        )
    columns = list(zip(*body, strict=True)) if body else [() for _name in names]
    titles = [title.strip() or f"column {place}" for place, title in enumerate(names, start=1)]
    if len(set(titles)) < len(titles):
        raise Refused(_("{path}: two columns have the same name.").format(path=name))
    table = pa.table([pa.array(column, pa.string()) for column in columns], names=titles)
    return ClaimSeries.from_table(table, kind=kind)
