"""Rows of a Parquet file, a few thousand at a time whatever the size of its row groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from outlisten.posts.files.problems import FileProblem, RowProblem
from outlisten.posts.files.records import Record

ROWS = 2_000
# Damaged metadata shows as Arrow's own errors, as OSError, or as names that are no text.
UNREADABLE = (pa.ArrowException, OSError, ValueError)


class ParquetReader:
    """Records of a Parquet file; a record's line is its row number, from 1."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.problem: FileProblem | None = None
        self.volume = 0
        try:
            self._table = pq.ParquetFile(file, pre_buffer=False)
        except UNREADABLE as error:
            raise FileProblem("parquet-broken") from error

    @property
    def columns(self) -> tuple[str, ...]:
        """The column names, in the file's order."""
        return tuple(self._table.schema_arrow.names)

    @property
    def position(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Record]:
        row = 0
        batches = self._table.iter_batches(batch_size=ROWS, use_threads=False)
        while True:
            try:
                batch = next(batches, None)
            except UNREADABLE:
                self.problem = FileProblem("parquet-damaged", row=row + 1)
                return
            if batch is None:
                return
            self.volume += batch.nbytes
            yield from _records(_readable(batch), row + 1)
            row += batch.num_rows


def _readable(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Times to the microsecond, the finest that Python has."""
    for place, field in enumerate(batch.schema):
        if pa.types.is_timestamp(field.type) and field.type.unit == "ns":
            column = batch.column(place).cast(pa.timestamp("us", tz=field.type.tz), safe=False)
            batch = batch.set_column(place, field.name, column)
    return batch


def _records(batch: pa.RecordBatch, first: int) -> list[Record]:
    try:
        return [Record(row, cells) for row, cells in enumerate(batch.to_pylist(), first)]
    except (ValueError, OverflowError):  # bytes that are not UTF-8, a date beyond the calendar
        return [_record(batch.slice(place, 1), first + place) for place in range(batch.num_rows)]


def _record(row: pa.RecordBatch, number: int) -> Record:
    cells: dict[str, object] = {}
    problem: RowProblem | None = None
    for name, column in zip(row.schema.names, row.columns, strict=True):
        try:
            cells[name] = column[0].as_py()
        except (ValueError, OverflowError):
            problem = RowProblem("cell-unreadable", column=name)
    return Record(number, cells, problem=problem)
