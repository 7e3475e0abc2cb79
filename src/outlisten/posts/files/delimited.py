"""Rows of a delimited file (CSV, TSV and their kin), and how they come back into step after a broken
quote."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from outlisten.posts.files.problems import FileProblem, RowProblem
from outlisten.posts.files.records import Record
from outlisten.posts.files.text_source import TextSource

# A cell of 10 MB is kept; a quote that stays open for 64 MB was never meant to.
MAX_RECORD = 64 << 20
WINDOW, LOOK_ALIKE = 20, 16


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited file is written. `skip` counts the physical lines before the first row of data.
    `backslash`: quotes inside cells are \\"; `spaced`: a space stands before opening quotes; not `quoted`: a
    quote is text."""

    delimiter: str
    columns: tuple[str, ...]
    skip: int
    header_line: int | None
    backslash: bool = False
    spaced: bool = False
    quoted: bool = True

    def reader(self, lines: Iterator[str] | list[str]) -> Iterator[list[str]]:
        """The standard library's reader, strict, so that it stops at a quote that makes no sense."""
        csv.field_size_limit(MAX_RECORD)
        if not self.quoted:
            return csv.reader(lines, delimiter=self.delimiter, quoting=csv.QUOTE_NONE)
        if self.backslash:
            return csv.reader(
                lines,
                delimiter=self.delimiter,
                strict=True,
                skipinitialspace=self.spaced,
                escapechar="\\",
                doublequote=False,
            )
        return csv.reader(lines, delimiter=self.delimiter, strict=True, skipinitialspace=self.spaced)


class _RunawayError(Exception):
    """An open quote is swallowing rows."""


class _Feed:
    """Physical lines for the csv reader, with those of the present record kept so that it can be taken
    back."""

    def __init__(self, lines: Iterator[str], dialect: Dialect) -> None:
        self._lines, self._dialect = lines, dialect
        self._again: list[str] = []
        self.window: list[str] = []
        self.line = dialect.skip
        self._size = 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._lines)
        self.line += 1
        self.window.append(line)
        if len(self.window) > 1:
            self._size += len(line)
            self._watch()
        return line

    def begin(self) -> None:
        """A new record starts."""
        self.window = []
        self._size = 0

    def take_back(self) -> str:
        """Return every line of the present record but the first, which is the answer."""
        first, *others = self.window
        self._again.extend(reversed(others))
        self.line -= len(others)
        return first

    def _watch(self) -> None:
        """Inside a quote that has run over 20, 40, 80, … lines: do the last 20 look like rows of their
        own?"""
        if self._size > MAX_RECORD:
            raise _RunawayError
        count = len(self.window) - 1
        if count < WINDOW or count % WINDOW or (count // WINDOW) & (count // WINDOW - 1):
            return
        rows = sum(stands_alone(line, self._dialect) for line in self.window[-WINDOW:])
        if rows >= LOOK_ALIKE:
            raise _RunawayError


def stands_alone(line: str, dialect: Dialect) -> bool:
    """Whether a physical line is by itself a whole row of the file's width."""
    width = len(dialect.columns)
    if width < 2 or len(line) > MAX_RECORD:
        return False
    try:
        return len(next(dialect.reader([line]), [])) == width
    except csv.Error:
        return False


class DelimitedReader:
    """Records of a delimited file."""

    def __init__(self, source: TextSource, dialect: Dialect, encoding: str) -> None:
        self._source, self._dialect, self._encoding = source, dialect, encoding
        self._needed = len(dialect.columns)

    @property
    def position(self) -> int:
        return self._source.position

    @property
    def problem(self) -> FileProblem | None:
        return self._source.problem

    @property
    def volume(self) -> int:
        return self._source.volume

    def close(self) -> None:
        self._source.close()

    def need(self, columns: set[str]) -> None:
        """Keep rows that miss only trailing columns which no post field is made from."""
        places = [place for place, name in enumerate(self._dialect.columns) if name in columns]
        self._needed = max(places, default=len(self._dialect.columns) - 1) + 1

    def __iter__(self) -> Iterator[Record]:
        lines = self._source.lines()
        for _ in islice(lines, self._dialect.skip):
            pass
        feed = _Feed(lines, self._dialect)
        reader = self._dialect.reader(feed)
        columns, bad_lines = self._dialect.columns, self._source.bad_lines
        width = len(columns)
        while True:
            feed.begin()
            start = feed.line + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except (csv.Error, _RunawayError):
                yield self._mended(start, feed.take_back())
                reader = self._dialect.reader(feed)
                continue
            if len(row) == width and not bad_lines:
                yield Record(start, dict(zip(columns, row, strict=True)))
            elif row:
                yield self._unusual(start, row, feed)

    def _unusual(self, start: int, row: list[str], feed: _Feed) -> Record:
        """A row of another width, or one in a file with undecodable bytes."""
        width = len(self._dialect.columns)
        if len(row) != width and len(feed.window) > 1 and stands_alone(feed.window[1], self._dialect):
            return self._mended(start, feed.take_back())
        cells = self._cells(row)
        if any(line in self._source.bad_lines for line in range(start, feed.line + 1)):
            return Record(start, cells, problem=RowProblem("wrong-bytes", encoding=self._encoding))
        if len(row) > width or len(row) < self._needed:
            return Record(start, cells, problem=RowProblem("ragged", cells=len(row), columns=width))
        return Record(start, cells)

    def _cells(self, row: list[str]) -> dict[str, object]:
        columns = self._dialect.columns
        cells: dict[str, object] = dict(zip(columns, row, strict=False))
        if len(row) > len(columns):
            cells["…"] = row[len(columns) :]
        return cells

    def _mended(self, start: int, line: str) -> Record:
        """The first line of a record whose quotes make no sense: a row if every quote that stands before
        neither a delimiter nor the line's end is taken as text, else rejected."""
        row = relaxed(line, self._dialect.delimiter) if not self._dialect.backslash else None
        if row is not None and len(row) == len(self._dialect.columns) and start not in self._source.bad_lines:
            return Record(start, dict(zip(self._dialect.columns, row, strict=True)))
        return Record(start, {"line": line.rstrip("\r\n")}, problem=RowProblem("broken-quote"))


def relaxed(line: str, delimiter: str) -> list[str] | None:
    """The cells of one line in which a quote closes a cell only before a delimiter or the end; None when a
    cell stays open."""
    mark = re.escape(delimiter)
    cell = re.compile(rf'"((?:[^"]|"(?!{mark}|$))*+)"({mark}|$)|((?!")[^{mark}]*)({mark}|$)')
    text, place, row = line.rstrip("\r\n"), 0, []
    while found := cell.match(text, place):
        quoted, end, plain, plain_end = found.groups()
        row.append(plain if quoted is None else quoted.replace('""', '"'))
        place = found.end()
        if not (end or plain_end):
            return row
    return None
