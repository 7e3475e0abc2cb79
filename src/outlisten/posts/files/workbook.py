"""Rows of an Excel workbook's first sheet with data."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, BinaryIO

from outlisten.posts.files.delimited import Dialect
from outlisten.posts.files.problems import FileProblem, RowProblem
from outlisten.posts.files.records import Record

# calamine is thirteen times as fast as openpyxl and holds the whole sheet: about 100 bytes a cell, 300 MB for
# 300,000 rows of 10 cells (120 MB of XML). Beyond that openpyxl reads row by row in 64 MB.
LARGEST_IN_MEMORY = 128 << 20
Row = list[object]


class Workbook:
    """The sheets of a workbook. `sheet` is the one that is read: the first with at least two rows, else the
    first with any. Raises FileProblem when no library can read it."""

    def __init__(self, file: BinaryIO, unpacked_size: int) -> None:
        self._file, self._small = file, unpacked_size <= LARGEST_IN_MEMORY
        self.sheets = self._names()
        heads = {name: list(islice(self.rows(name), 2)) for name in self.sheets}
        filled = [name for name in self.sheets if heads[name]]
        if not filled:
            raise FileProblem("no-rows")
        self.sheet = next((name for name in filled if len(heads[name]) > 1), filled[0])

    def _names(self) -> list[str]:
        if self._small:
            return list(self._calamine().sheet_names)
        return list(self._openpyxl().sheetnames)

    def rows(self, sheet: str) -> Iterator[Row]:
        """The cells of each row: text, numbers, booleans, datetimes, None."""
        self._file.seek(0)
        if self._small:
            for row in self._calamine().get_sheet_by_name(sheet).iter_rows():
                yield [None if cell == "" else cell for cell in row]
            return
        for cells in self._openpyxl()[sheet].iter_rows(values_only=True):
            yield list(cells)

    def _calamine(self) -> Any:
        from python_calamine import CalamineError, CalamineWorkbook

        self._file.seek(0)
        try:
            return CalamineWorkbook.from_filelike(self._file)
        except (CalamineError, OSError, ValueError) as error:
            raise FileProblem("workbook-broken") from error

    def _openpyxl(self) -> Any:
        from openpyxl import load_workbook  # type: ignore[import-untyped]

        self._file.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it tells of styles it leaves out, which are nothing to us
            try:
                return load_workbook(self._file, read_only=True, data_only=True)
            except Exception as error:  # it lets errors of zip and XML libraries through
                raise FileProblem("workbook-broken") from error


class WorkbookReader:
    """Records of a sheet; a record's line is its row number."""

    problem: FileProblem | None = None
    volume = 0

    def __init__(self, file: BinaryIO, workbook: Workbook, dialect: Dialect) -> None:
        self._file, self._workbook, self._dialect = file, workbook, dialect

    @property
    def position(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Record]:
        columns, skip = self._dialect.columns, self._dialect.skip
        rows = self._workbook.rows(self._workbook.sheet)
        for number, row in enumerate(islice(rows, skip, None), skip + 1):
            if all(cell is None for cell in row):
                continue
            extra = [cell for cell in row[len(columns) :] if cell is not None]
            cells = dict(zip(columns, chain(row, [None] * (len(columns) - len(row))), strict=False))
            if extra:
                cells["…"] = extra
                problem = RowProblem("ragged", cells=len(row), columns=len(columns))
                yield Record(number, cells, problem=problem)
            else:
                yield Record(number, cells)
