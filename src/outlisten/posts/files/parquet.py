"""Rows of a Parquet file, a few thousand at a time whatever the size of its row groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from outlisten.posts.files.problems import FileProblem
from outlisten.posts.files.records import Record

ROWS = 2_000


class ParquetReader:
    """Records of a Parquet file; a record's line is its row number, from 1."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.problem: FileProblem | None = None
        self.volume = 0
        try:
            self._table = pq.ParquetFile(file, pre_buffer=False)
        except (pa.ArrowException, OSError) as error:
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
            except (pa.ArrowException, OSError):
                self.problem = FileProblem("parquet-damaged", row=row + 1)
                return
            if batch is None:
                return
            self.volume += batch.nbytes
            for cells in batch.to_pylist():
                row += 1
                yield Record(row, cells)
