"""Writing posts to a file: CSV, XLSX, Parquet and JSON Lines, a batch at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Literal

import pyarrow as pa

from outlisten.posts.files.problems import FileProblem
from outlisten.posts.files.records import dump
from outlisten.posts.files.spreadsheet_cells import plain_cell

ExportFormat = Literal["csv", "xlsx", "parquet", "jsonl"]
XLSX_ROWS = 1_048_576
# The longest text a cell of a workbook holds.
XLSX_CELL = 32_767
BATCH = 2_000


def write_posts(tables: Iterable[pa.Table], target: Path | BinaryIO, format: ExportFormat) -> int:
    """Write tables of one schema and return the number of rows.

    - csv: UTF-8 with a byte order mark; a cell that a spreadsheet program would run as a formula gets an
      apostrophe in front (`spreadsheet_cells`); lists are joined by commas.
    - xlsx: one sheet; texts are always texts. Raises FileProblem when there are more rows than a sheet holds.
    - parquet: the schema of the tables with its field descriptions, zstd; the format has no seconds, so times
      are milliseconds.
    - jsonl: one object a line, without what is missing; `raw` stays a string.
    """
    write = WRITERS[format]
    if isinstance(target, Path):
        with target.open("wb") as file:
            return write(iter(tables), file)
    return write(iter(tables), target)


def _write_csv(tables: Iterator[pa.Table], target: BinaryIO) -> int:
    import csv
    import io

    rows = 0
    headed = False
    text = io.TextIOWrapper(target, encoding="utf-8-sig", errors="replace", newline="", write_through=True)
    writer = csv.writer(text)
    try:
        for table in tables:
            if not headed:  # a pipe cannot tell how much was written
                writer.writerow(table.column_names)
                headed = True
            for batch in table.to_batches(BATCH):
                columns = [[plain_cell(cell) for cell in column.to_pylist()] for column in batch.columns]
                writer.writerows(zip(*columns, strict=True))
                rows += batch.num_rows
    finally:
        text.flush()
        text.detach()
    return rows


def _write_jsonl(tables: Iterator[pa.Table], target: BinaryIO) -> int:
    rows = 0
    for table in tables:
        for batch in table.to_batches(BATCH):
            lines = [dump(_json_post(post)) for post in batch.to_pylist()]
            target.write("".join(f"{line}\n" for line in lines).encode())
            rows += len(lines)
    return rows


def _json_post(post: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value.isoformat().replace("+00:00", "Z") if hasattr(value, "isoformat") else value
        for name, value in post.items()
        if value is not None
    }


def _write_parquet(tables: Iterator[pa.Table], target: BinaryIO) -> int:
    import pyarrow.parquet as pq

    writer: pq.ParquetWriter | None = None
    rows = 0
    try:
        for table in tables:
            writer = writer or pq.ParquetWriter(target, table.schema, compression="zstd")
            writer.write_table(table)
            rows += table.num_rows
    finally:
        if writer is not None:
            writer.close()
    return rows


def _write_xlsx(tables: Iterator[pa.Table], target: BinaryIO) -> int:
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
        "nan_inf_to_errors": True,
    }
    book = xlsxwriter.Workbook(target, options)
    sheet = book.add_worksheet("posts")
    moments = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    rows = 0
    for table in tables:
        if not rows:
            for place, name in enumerate(table.column_names):
                sheet.write_string(0, place, name)
        for batch in table.to_batches(BATCH):
            if rows + batch.num_rows >= XLSX_ROWS:
                raise FileProblem("too-many-rows", limit=f"{XLSX_ROWS:,}")
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                rows += 1
                _write_row(sheet, rows, row, moments)
    book.close()
    return rows


def _write_row(sheet: Any, number: int, row: Iterable[object], moments: object) -> None:
    from datetime import datetime

    for place, cell in enumerate(row):
        if cell is None:
            continue
        if isinstance(cell, bool):
            sheet.write_boolean(number, place, cell)
        elif isinstance(cell, (int, float)):
            sheet.write_number(number, place, cell)
        elif isinstance(cell, datetime):
            sheet.write_datetime(number, place, cell, moments)
        else:
            text = ", ".join(map(str, cell)) if isinstance(cell, list) else str(cell)
            sheet.write_string(number, place, text[:XLSX_CELL])


WRITERS: Mapping[str, Callable[[Iterator[pa.Table], BinaryIO], int]] = {
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "parquet": _write_parquet,
    "jsonl": _write_jsonl,
}
