"""A JSON document of any size, one element of its list of records at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from outlisten.posts.files.json_lines import DECODER, storable
from outlisten.posts.files.problems import FileProblem, RowProblem
from outlisten.posts.files.records import Record
from outlisten.posts.files.text_source import TextSource

MAX_ELEMENT = 64 << 20
SPACE = re.compile(r"[ \t\r\n\ufeff]*")
# An X archive's files are JavaScript: `window.YTD.tweets.part0 = [ … ]`.
ASSIGNMENT = re.compile(r"\s*(?:window\.)?YTD\.[\w.]+\s*=\s*")
# Errors this near the end of what was read mean "more to come", not "wrong".
NEAR_END = 16


class _BrokenError(Exception):
    """The text is not JSON at the cursor."""


class _Cursor:
    """A place in text that is read on demand. What was passed is forgotten, its line ends counted."""

    def __init__(self, blocks: Iterator[str]) -> None:
        self._blocks = blocks
        self._text, self._place, self._counted, self._ended = "", 0, 0, False
        self.line = 1
        self.grow()
        if found := ASSIGNMENT.match(self._text):
            self._place = found.end()

    def grow(self, wanted: int = 1) -> bool:
        """Read on; False at the end."""
        pieces: list[str] = []
        while wanted > 0 and not self._ended:
            block = next(self._blocks, None)
            if block is None:
                self._ended = True
                break
            pieces.append(block)
            wanted -= len(block)
        if pieces:
            self._forget()
            self._text += "".join(pieces)
        return bool(pieces)

    def _forget(self) -> None:
        self.line += self._text.count("\n", self._counted, self._place)
        self._text, self._place, self._counted = self._text[self._place :], 0, 0

    def peek(self) -> str:
        """The next character that is not space; "" at the end."""
        while True:
            found = SPACE.match(self._text, self._place)
            assert found is not None
            self._place = found.end()
            if self._place < len(self._text):
                return self._text[self._place]
            if not self.grow():
                return ""

    def take(self, character: str) -> bool:
        """Pass one character, if it is the next."""
        if self.peek() != character:
            return False
        self._place += 1
        return True

    def value(self) -> tuple[object, str, int]:
        """(the next value, its text, the line it starts on). Raises _BrokenError."""
        self.peek()
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._place)
            except RecursionError as error:
                raise _BrokenError from error
            except json.JSONDecodeError as error:
                self._wait_for_more(error)
                continue
            if end == len(self._text) and not isinstance(value, (dict, list, str)) and self.grow():
                continue  # a number may go on
            text = self._text[self._place : end]
            self.line += self._text.count("\n", self._counted, self._place)
            line, self._counted = self.line, self._place
            self._place = end
            return value, text, line

    def _wait_for_more(self, error: json.JSONDecodeError) -> None:
        unfinished = error.msg.startswith("Unterminated") or len(self._text) - error.pos <= NEAR_END
        held = len(self._text) - self._place
        if not unfinished or held > MAX_ELEMENT or not self.grow(held):
            raise _BrokenError from error


class JsonDocumentReader:
    """Records of a JSON array, or of the first list of objects under a key of a JSON object. The object's
    other values that stand before the end of the list are in `siblings`; after it, once the records are used
    up."""

    def __init__(self, source: TextSource, encoding: str, key: str | None) -> None:
        self._source, self._encoding, self._key = source, encoding, key
        self._broken: FileProblem | None = None
        self.siblings: dict[str, object] = {}

    @property
    def position(self) -> int:
        return self._source.position

    @property
    def problem(self) -> FileProblem | None:
        return self._source.problem or self._broken

    @property
    def volume(self) -> int:
        return self._source.volume

    def close(self) -> None:
        self._source.close()

    def __iter__(self) -> Iterator[Record]:
        cursor = _Cursor(self._source.blocks())
        try:
            if self._key is None:
                yield from self._elements(cursor)
            else:
                yield from self._members(cursor)
        except _BrokenError:
            self._broken = FileProblem("json-broken", line=cursor.line)

    def _members(self, cursor: _Cursor) -> Iterator[Record]:
        if not cursor.take("{"):
            raise _BrokenError
        while not cursor.take("}"):
            name, _, _ = cursor.value()
            if not cursor.take(":"):
                raise _BrokenError
            if name == self._key and cursor.peek() == "[":
                yield from self._elements(cursor)
            else:
                self.siblings[str(name)] = cursor.value()[0]
            if not cursor.take(",") and cursor.peek() != "}":
                raise _BrokenError

    def _elements(self, cursor: _Cursor) -> Iterator[Record]:
        if not cursor.take("["):
            raise _BrokenError
        while not cursor.take("]"):
            value, text, line = cursor.value()
            yield self._record(value, text, line)
            if not cursor.take(",") and cursor.peek() != "]":
                raise _BrokenError

    def _record(self, value: object, text: str, line: int) -> Record:
        bad_lines = self._source.bad_lines
        if bad_lines and any(n in bad_lines for n in range(line, line + text.count("\n") + 1)):
            return Record(line, {"line": text}, problem=RowProblem("wrong-bytes", encoding=self._encoding))
        if not isinstance(value, dict):
            return Record(line, {"line": text}, problem=RowProblem("json-not-object"))
        return Record(line, value, storable(text))


def records_key(sample: str) -> tuple[bool, str | None]:
    """Where a document keeps its records: (True, None) for a top-level array, (True, key) for a list of
    objects under a key, (False, None) when the sample shows neither."""
    cursor = _Cursor(iter([sample]))
    if cursor.take("["):
        # "[t] an opinion": text may begin with a bracket too.
        return cursor.peek() == "{", None
    try:
        return _first_list(cursor)
    except _BrokenError:
        return False, None


def _first_list(cursor: _Cursor) -> tuple[bool, str | None]:
    if not cursor.take("{"):
        raise _BrokenError
    while not cursor.take("}"):
        name, _, _ = cursor.value()
        cursor.take(":")
        if cursor.peek() == "[" and name not in {"errors", "media"}:
            cursor.take("[")
            if cursor.peek() == "{":
                return True, str(name)
            while not cursor.take("]"):
                cursor.value()
                cursor.take(",")
        else:
            cursor.value()
        cursor.take(",")
    return False, None
