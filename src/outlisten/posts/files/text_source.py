"""Characters of a file, decoded while they are read; lines with bytes that do not fit are remembered by
number."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from outlisten.posts.files.byte_source import CHUNK, ByteSource
from outlisten.posts.files.problems import FileProblem

# A surrogate written in UTF-8 is content that some programs write; any other undecodable byte is damage.
WRITTEN_SURROGATE = re.compile("\udced[\udca0-\udcbf][\udc80-\udcbf]")
DAMAGE = re.compile("[\udc80-\udcff]")
MAX_LINE = 256 << 20


class TextSource:
    """Text in blocks and in physical lines. `volume` counts the characters so far. `bad_lines` holds the
    numbers (from 1) of lines with bytes that are not in the encoding; in them each such byte stands as
    U+DC80–U+DCFF."""

    def __init__(self, source: ByteSource, encoding: str) -> None:
        self._source = source
        self._errors = "surrogatepass" if encoding.startswith("utf-16") else "strict"
        name = "utf-8" if encoding == "utf-8-sig" else encoding
        self._decoder = codecs.getincrementaldecoder(name)(self._errors)
        self._forgiving = codecs.getincrementaldecoder(name)
        self._utf8 = name == "utf-8"
        self._first = True
        self._newlines = 0
        self.line_end = ""
        self.bad_lines: set[int] = set()
        self.volume = 0

    @property
    def position(self) -> int:
        """Bytes of the original file consumed so far."""
        return self._source.position

    @property
    def problem(self) -> FileProblem | None:
        """The break that ended the stream early, if one did."""
        return self._source.problem

    def close(self) -> None:
        """Give the file back."""
        self._source.close()

    def blocks(self) -> Iterator[str]:
        """Decoded text in blocks of any length."""
        while data := self._source.read(CHUNK):
            yield self._decode(data, final=False)
        if rest := self._decode(b"", final=True):
            yield rest

    def lines(self) -> Iterator[str]:
        """Physical lines with their ends. Only \\n, or \\r where the file has no \\n, ends a line: a line
        separator inside a post is content. Raises FileProblem for a line no record can have."""
        rest: list[str] = []
        size = 0
        for block in self.blocks():
            end = self.line_end
            if end not in block:
                rest.append(block)
                size += len(block)
                if size > MAX_LINE:
                    raise FileProblem("endless-line", line=self._newlines + 1)
                continue
            pieces = ("".join(rest) + block).split(end)
            rest = [pieces.pop()]
            size = len(rest[0])
            for piece in pieces:
                yield piece + end
        # A line that a break cut off is not a row.
        if (last := "".join(rest)) and self.problem is None:
            yield last

    def _decode(self, data: bytes, *, final: bool) -> str:
        state = self._decoder.getstate()
        try:
            text = self._decoder.decode(data, final)
        except UnicodeDecodeError:
            text = self._forgive(data, state, final=final)
        if self._first and text:
            self._first = False
            text = text.removeprefix("\ufeff")
            self.line_end = "\r" if "\r" in text and "\n" not in text else "\n"
        self.volume += len(text)
        self._newlines += text.count(self.line_end or "\n")
        return text

    def _forgive(self, data: bytes, state: tuple[bytes, int], *, final: bool) -> str:
        """The block again, with every undecodable byte kept as a lone surrogate and its line written down."""
        errors = "replace" if self._errors == "surrogatepass" else "surrogateescape"
        decoder = self._forgiving(errors)
        decoder.setstate(state)
        text = decoder.decode(data, final)
        self._decoder.setstate(decoder.getstate())
        marked = text
        if self._utf8:
            marked = WRITTEN_SURROGATE.sub("\ufffd", text)
            text = WRITTEN_SURROGATE.sub(_surrogate, text)
        damage = re.compile("\ufffd") if errors == "replace" else DAMAGE
        start, line = 0, self._newlines + 1
        for found in damage.finditer(marked):
            line += marked.count(self.line_end or "\n", start, found.start())
            start = found.start()
            self.bad_lines.add(line)
        return text


def _surrogate(found: re.Match[str]) -> str:
    raw = bytes(ord(c) - 0xDC00 for c in found.group())
    return raw.decode("utf-8", "surrogatepass")
