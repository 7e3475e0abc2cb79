"""JSON Lines: one JSON object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from outlisten.posts.files.problems import FileProblem, RowProblem
from outlisten.posts.files.records import Record, escape_surrogates
from outlisten.posts.files.text_source import TextSource

# Control characters inside a string are content that careless programs do not escape.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
DECODER = json.JSONDecoder(strict=False)


class JsonLinesReader:
    """Each line that is not blank is a record, kept with its very characters."""

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
            text = line.strip()
            if not text:
                continue
            if number in bad_lines:
                problem = RowProblem("wrong-bytes", encoding=self._encoding)
                yield Record(number, {"line": text}, problem=problem)
            else:
                yield parse(number, text)


def parse(number: int, text: str) -> Record:
    """The record of one line, or why it is none."""
    try:
        value = DECODER.decode(text)
    except RecursionError:
        return Record(number, {"line": text}, problem=RowProblem("json-deep"))
    except json.JSONDecodeError as error:
        return Record(number, {"line": text}, problem=RowProblem("json-row", column=error.pos + 1))
    if not isinstance(value, dict):
        return Record(number, {"line": text}, problem=RowProblem("json-not-object"))
    return Record(number, value, storable(text))


def storable(text: str) -> str:
    """JSON text that is valid and UTF-8: control characters and lone surrogates become escapes."""
    text = CONTROL.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
    try:
        text.encode()
    except UnicodeEncodeError:
        return escape_surrogates(text)
    return text
