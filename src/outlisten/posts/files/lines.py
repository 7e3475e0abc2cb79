"""Plain text with one post a line."""

from __future__ import annotations

from collections.abc import Iterator

from outlisten.posts.files.problems import FileProblem, RowProblem
from outlisten.posts.files.records import Record
from outlisten.posts.files.text_source import TextSource

COLUMN = "line"


class LineReader:
    """Each line that is not blank is a record with the one column `line`."""

    def __init__(self, source: TextSource, encoding: str) -> None:
        self._source, self._encoding = source, encoding

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

    def __iter__(self) -> Iterator[Record]:
        bad_lines = self._source.bad_lines
        for number, line in enumerate(self._source.lines(), 1):
            text = line.rstrip("\r\n")
            if number in bad_lines:
                yield Record(
                    number, {COLUMN: text}, problem=RowProblem("wrong-bytes", encoding=self._encoding)
                )
            elif text and not text.isspace():
                yield Record(number, {COLUMN: text})
