"""What every format yields: one record of the file, where it starts, and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from outlisten.posts.files.problems import FileProblem, RowProblem


class Record(NamedTuple):
    """One record: the line it starts on (from 1), its cells by column name, its JSON text when the file
    itself is JSON, and the reason when it cannot be read."""

    line: int
    cells: Mapping[str, object]
    json: str | None = None
    problem: RowProblem | None = None

    def as_json(self) -> str:
        """The record as it came, as JSON; for a JSON file its very characters."""
        return self.json if self.json is not None else dump(self.cells)


class RecordReader(Protocol):
    """Records of one file or zip member, in order."""

    def __iter__(self) -> Iterator[Record]: ...
    @property
    def position(self) -> int:
        """Bytes of the original file consumed so far."""
        ...

    @property
    def problem(self) -> FileProblem | None:
        """The break that ended the records early, if one did."""
        ...

    @property
    def volume(self) -> int:
        """Characters or bytes unpacked so far, to keep a batch from growing too big."""
        ...

    def close(self) -> None: ...


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


def dump(value: object) -> str:
    """JSON in which NUL and lone surrogates stand as escapes and everything else as itself."""
    text = _encode(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = escape_surrogates(text)
    return text


def escape_surrogates(text: str) -> str:
    """JSON text whose lone surrogates are written \\udXXX, so that it can be stored as UTF-8."""
    return "".join(c if not "\ud800" <= c <= "\udfff" else f"\\u{ord(c):04x}" for c in text)
