"""Opening a file whose layout is known: its bytes, unpacked, and its records."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from outlisten.posts.files.byte_source import ByteSource, PlainFile
from outlisten.posts.files.delimited import DelimitedReader
from outlisten.posts.files.json_document import JsonDocumentReader
from outlisten.posts.files.json_lines import JsonLinesReader
from outlisten.posts.files.layouts import Layout
from outlisten.posts.files.lines import LineReader
from outlisten.posts.files.parquet import ParquetReader
from outlisten.posts.files.problems import FileProblem
from outlisten.posts.files.records import Record, RecordReader
from outlisten.posts.files.text_source import TextSource
from outlisten.posts.files.workbook import Workbook, WorkbookReader
from outlisten.posts.files.zips import Salvaged, open_archive, open_member, unpacked


class Unreadable:
    """A part that cannot be opened: no records, and why."""

    position = volume = 0

    def __init__(self, problem: FileProblem) -> None:
        self.problem = problem

    def __iter__(self) -> Iterator[Record]:
        return iter(())

    def close(self) -> None:
        """Nothing is open."""


def open_readers(layout: Layout, needed: set[str] | None = None) -> Iterator[tuple[str, RecordReader]]:
    """(name of the zip member or "", its records) for each part of the file, opened one after the other."""
    for part in layout.parts or ("",):
        reader = _open_reader(layout, part)
        if needed is not None and isinstance(reader, DelimitedReader):
            reader.need(needed)
        try:
            yield part, reader
        finally:
            reader.close()


def _open_reader(layout: Layout, part: str) -> RecordReader:
    try:
        return _reader(layout, open_unpacked(layout, part))
    except FileProblem as problem:
        return Unreadable(problem)


def read_part(path: Path, ending: str) -> bytes | None:
    """A small member of an archive, found by the end of its name; None without one."""
    archive = open_archive(path) if zipfile.is_zipfile(path) else None
    if archive is None:
        return None
    with archive:
        for info in archive.infolist():
            if info.filename.endswith(ending) and info.file_size < 1 << 20:
                return archive.read(info)
    return None


def open_unpacked(layout: Layout, part: str) -> ByteSource:
    """The bytes of a part without any packing. Raises FileProblem."""
    return unpacked(open_packed(layout, part))[0]


def open_packed(layout: Layout, part: str) -> ByteSource:
    """The bytes of a part as they lie in the file or archive. Raises FileProblem."""
    if layout.salvaged:
        return Salvaged(layout.path)
    if not part:
        return PlainFile(layout.path)
    archive = zipfile.ZipFile(layout.path)
    before = sum(archive.getinfo(name).compress_size for name in layout.parts[: layout.parts.index(part)])
    return open_member(archive, part, before)


def _reader(layout: Layout, source: ByteSource) -> RecordReader:
    if layout.format == "parquet":
        return ParquetReader(seekable(source))
    if layout.format == "xlsx":
        assert layout.dialect is not None
        file = seekable(source)
        return WorkbookReader(file, Workbook(file, unpacked_size(file)), layout.dialect)
    text, label = TextSource(source, layout.encoding.name), layout.encoding.label
    if layout.format == "json-lines":
        return JsonLinesReader(text, label)
    if layout.format == "json":
        return JsonDocumentReader(text, label, layout.key)
    if layout.dialect is not None:
        return DelimitedReader(text, layout.dialect, label)
    return LineReader(text, label)


def seekable(source: ByteSource) -> BinaryIO:
    """The bytes as a file one can jump about in: the file itself, or an unpacked copy that the system
    forgets."""
    if isinstance(source, PlainFile):
        path = source.path
        source.close()
        return path.open("rb")
    copy = tempfile.TemporaryFile()  # noqa: SIM115 -- the reader closes it
    while block := source.read():
        copy.write(block)
    source.close()
    if source.problem:
        raise source.problem
    copy.seek(0)
    return cast(BinaryIO, copy)


def unpacked_size(file: BinaryIO) -> int:
    """How many bytes a workbook says it holds."""
    with zipfile.ZipFile(file) as archive:
        return sum(info.file_size for info in archive.infolist())
