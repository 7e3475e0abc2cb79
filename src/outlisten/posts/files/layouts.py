"""How a file is laid out, told by its content and never by its name: packing, format, encoding, columns."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, Literal, cast

from outlisten.posts.files import zips
from outlisten.posts.files.byte_source import ByteSource, PlainFile
from outlisten.posts.files.delimited import DelimitedReader, Dialect
from outlisten.posts.files.dialects import guess_dialect, looks_like_header, name_columns
from outlisten.posts.files.encodings import Encoding, detect, is_undecided, read_sample, sample_of
from outlisten.posts.files.json_document import JsonDocumentReader, records_key
from outlisten.posts.files.json_lines import DECODER, JsonLinesReader
from outlisten.posts.files.lines import COLUMN, LineReader
from outlisten.posts.files.parquet import ParquetReader
from outlisten.posts.files.problems import FileProblem
from outlisten.posts.files.records import RecordReader
from outlisten.posts.files.text_source import TextSource
from outlisten.posts.files.workbook import Workbook, WorkbookReader

Format = Literal["csv", "tsv", "json-lines", "json", "parquet", "xlsx", "text"]

# Files people try to import that hold no rows, by their first bytes.
FOREIGN = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\xd0\xcf\x11\xe0", "Excel 97 (.xls)"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "Windows"),
    (b"ORC", "ORC"),
    (b"Obj\x01", "Avro"),
    (b"ARROW1", "Arrow"),
    (b"{\\rtf", "RTF"),
)
X_ARCHIVE_PARTS = ("tweets", "tweet")


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything needed to read a file's records. `parts` names the zip members that are read, in order."""

    path: Path
    format: Format
    compression: tuple[str, ...] = ()
    encoding: Encoding = field(default_factory=lambda: Encoding("utf-8"))
    dialect: Dialect | None = None
    key: str | None = None
    parts: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    unsafe: tuple[str, ...] = ()
    salvaged: bool = False
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()


def inspect(path: Path, encoding: str | None = None) -> Layout:
    """The layout of a file. `encoding` overrides what the bytes suggest. Raises FileProblem."""
    if path.is_dir():
        raise FileProblem("folder", name=path.name)
    try:
        source: ByteSource = PlainFile(path)
    except OSError as error:
        raise FileProblem("unreadable", name=path.name, reason=error.strerror or str(error)) from error
    head = source.peek(4)
    if not head:
        raise FileProblem("empty", name=path.name)
    source.close()
    if head == b"PK\3\4":
        return _inspect_zip(path, encoding)
    if head == b"PK\5\6":
        raise FileProblem("no-rows")
    return _inspect_stream(Layout(path, "text"), encoding)


def open_readers(layout: Layout, needed: set[str] | None = None) -> Iterator[tuple[str, RecordReader]]:
    """(name of the zip member or "", its records) for each part of the file, opened one after the other."""
    for part in layout.parts or ("",):
        reader = _reader(layout, _open(layout, part))
        if needed is not None and isinstance(reader, DelimitedReader):
            reader.need(needed)
        try:
            yield part, reader
        finally:
            reader.close()


def read_part(path: Path, ending: str) -> bytes | None:
    """A small member of an archive, found by the end of its name; None without one."""
    archive = zips.open_archive(path) if zipfile.is_zipfile(path) else None
    if archive is None:
        return None
    with archive:
        for info in archive.infolist():
            if info.filename.endswith(ending) and info.file_size < 1 << 20:
                return archive.read(info)
    return None


def _open(layout: Layout, part: str) -> ByteSource:
    return zips.unpacked(_packed(layout, part))[0]


def _packed(layout: Layout, part: str) -> ByteSource:
    if layout.salvaged:
        return zips.Salvaged(layout.path)
    if not part:
        return PlainFile(layout.path)
    archive = zipfile.ZipFile(layout.path)
    before = sum(archive.getinfo(name).compress_size for name in layout.parts[: layout.parts.index(part)])
    return zips.open_member(archive, part, before)


def _reader(layout: Layout, source: ByteSource) -> RecordReader:
    if layout.format == "parquet":
        return ParquetReader(_seekable(source))
    if layout.format == "xlsx":
        assert layout.dialect is not None
        file = _seekable(source)
        return WorkbookReader(file, Workbook(file, _unpacked_size(file)), layout.dialect)
    text, label = TextSource(source, layout.encoding.name), layout.encoding.label
    if layout.format == "json-lines":
        return JsonLinesReader(text, label)
    if layout.format == "json":
        return JsonDocumentReader(text, label, layout.key)
    if layout.dialect is not None:
        return DelimitedReader(text, layout.dialect, label)
    return LineReader(text, label)


def _seekable(source: ByteSource) -> BinaryIO:
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


def _unpacked_size(file: BinaryIO) -> int:
    with zipfile.ZipFile(file) as archive:
        return sum(info.file_size for info in archive.infolist())


def _inspect_stream(layout: Layout, encoding: str | None) -> Layout:
    """The layout of one stream of bytes: a file, or the first part of an archive."""
    source, layers = zips.unpacked(_packed(layout, layout.parts[0] if layout.parts else ""))
    layout = replace(layout, compression=(*layout.compression, *layers))
    head = source.peek(1 << 16)
    if head.startswith(b"PAR1"):
        source.close()
        return replace(layout, format="parquet")
    if head.startswith(b"PK\3\4"):
        source.close()
        return _inspect_workbook(layout)
    _refuse_foreign(head, source)
    sample = read_sample(source)
    source.close()
    if not sample.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise source.problem or FileProblem("empty", name=layout.path.name)
    found = Encoding(encoding) if encoding else _encoding(layout, sample)
    return _by_text(replace(layout, encoding=found), _decode(sample, found))


def _refuse_foreign(head: bytes, source: ByteSource) -> None:
    for magic, kind in FOREIGN:
        if head.startswith(magic):
            raise FileProblem("foreign", kind=kind)
    if head[257:262] == b"ustar":
        raise FileProblem("foreign", kind="tar")
    if not head and source.problem:
        raise source.problem
    utf16 = detect(head).name.startswith("utf-16")
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x01\x1b\x1f" for byte in head)
    # NUL inside a post is content; where one byte in thirty is none that text has, it is a program's format.
    if not utf16 and controls > max(16, len(head) / 30):
        raise FileProblem("binary")


def _encoding(layout: Layout, sample: bytes) -> Encoding:
    if not is_undecided(sample):
        return detect(sample)
    source = _open(layout, layout.parts[0] if layout.parts else "")
    try:
        return detect(sample_of(source))
    finally:
        source.close()


def _decode(sample: bytes, encoding: Encoding) -> str:
    name = "utf-8" if encoding.name == "utf-8-sig" else encoding.name
    return sample.decode(name, "replace").removeprefix("\ufeff")


def _by_text(layout: Layout, sample: str) -> Layout:
    """Format by the first characters: JSON says what it is; else rows of one width are a delimited file."""
    if "\n" not in sample:
        sample = sample.replace("\r", "\n")
    start = sample.lstrip()
    if start.startswith(("[", "{", "window.YTD", "YTD.")):
        found = _by_json(start)
        if found is not None:
            return replace(layout, format=found[0], key=found[1])
    whole = sample if len(sample) < 1 << 16 else sample[: sample.rfind("\n", 0, 1 << 20) + 1] or sample
    dialect = guess_dialect(whole)
    if dialect is None:
        return replace(layout, format="text")
    return replace(layout, format="tsv" if dialect.delimiter == "\t" else "csv", dialect=dialect)


def _by_json(start: str) -> tuple[Format, str | None] | None:
    first = start.split("\n", 1)[0].rstrip()
    if start.startswith("{") and _is_object(first):
        return "json-lines", None
    known, key = records_key(start)
    if known:
        return "json", key
    # A damaged first line does not make the others anything else.
    others = [line for line in start.split("\n")[1:20] if line.strip()]
    if start.startswith("{") and any(_is_object(line) for line in others):
        return "json-lines", None
    if start.startswith("{") and first == "{":
        raise FileProblem("json-no-records")
    return None


def _is_object(line: str) -> bool:
    try:
        return isinstance(DECODER.decode(line.strip()), dict)
    except (ValueError, RecursionError):
        return False


def _inspect_workbook(layout: Layout) -> Layout:
    file = _seekable(_open(layout, layout.parts[0] if layout.parts else ""))
    try:
        with zipfile.ZipFile(file) as archive:
            if not zips.is_workbook(archive):
                raise FileProblem("zip-in-zip")
            zips.check_unpacked_size(archive)
        book = Workbook(file, _unpacked_size(file))
        rows = [row for row, _ in zip(book.rows(book.sheet), range(30), strict=False)]
    except zipfile.BadZipFile as error:
        raise FileProblem("workbook-broken") from error
    finally:
        file.close()
    return replace(
        layout,
        format="xlsx",
        dialect=_sheet_dialect(rows),
        sheet=book.sheet,
        other_sheets=tuple(name for name in book.sheets if name != book.sheet),
    )


def _sheet_dialect(rows: list[list[object]]) -> Dialect:
    """Columns of a sheet: its header is the first row that is as wide as the widest and holds names."""
    width = max(len([cell for cell in row if cell is not None]) for row in rows)
    for number, row in enumerate(rows):
        filled = [cell for cell in row if cell is not None]
        if len(filled) >= max(width - 1, 1):
            if all(isinstance(cell, str) for cell in filled) and looks_like_header(row):
                return Dialect("", name_columns(row), number + 1, number + 1)
            break
    widest = max(len(row) for row in rows)
    return Dialect("", name_columns([None] * widest), 0, None)


def _inspect_zip(path: Path, encoding: str | None) -> Layout:
    archive = zips.open_archive(path)
    if archive is None:
        return _inspect_stream(Layout(path, "text", ("zip",), salvaged=True), encoding)
    with archive:
        if zips.is_workbook(archive):
            return _inspect_workbook(Layout(path, "xlsx"))
        names, unsafe = zips.data_members(archive)
        sizes = {name: archive.getinfo(name).file_size for name in names}
    if not names:
        raise FileProblem("zip-unsafe" if unsafe else "no-rows", name=unsafe[0] if unsafe else "")
    tweets = sorted(name for name in names if _is_tweets(name))
    if tweets:
        left_out = tuple(name for name in names if name not in tweets)
        layout = Layout(path, "json", ("zip",), parts=tuple(tweets), left_out=left_out, unsafe=tuple(unsafe))
        return _inspect_stream(layout, encoding)
    return replace(_largest_group(path, names, sizes, encoding), unsafe=tuple(unsafe))


def _is_tweets(name: str) -> bool:
    """Whether a member is a part of an X archive's posts: data/tweets.js, data/tweets-part1.js."""
    stem = Path(name).name.removesuffix(".js").split("-part")[0]
    return name.endswith(".js") and stem in X_ARCHIVE_PARTS


def _largest_group(path: Path, names: list[str], sizes: dict[str, int], encoding: str | None) -> Layout:
    """Members with the same format and columns are read as one file; the group with the most bytes wins."""
    groups: dict[object, list[Layout]] = {}
    failed: list[str] = []
    problem = FileProblem("no-rows")
    for name in sorted(names):
        try:
            layout = _inspect_stream(Layout(path, "text", ("zip",), parts=(name,)), encoding)
        except FileProblem as error:
            failed.append(name)
            problem = error
            continue
        same = (layout.format, layout.compression, layout.dialect, layout.key, layout.encoding.name)
        groups.setdefault(same, []).append(layout)
    if not groups:
        raise problem
    chosen = max(groups.values(), key=lambda group: sum(sizes[layout.parts[0]] for layout in group))
    parts = tuple(layout.parts[0] for layout in chosen)
    return replace(chosen[0], parts=parts, left_out=tuple(name for name in names if name not in parts))


def columns_of(layout: Layout) -> tuple[str, ...]:
    """The columns the layout itself knows; JSON and Parquet tell theirs when their records are read."""
    if layout.dialect is not None:
        return layout.dialect.columns
    return (COLUMN,) if layout.format == "text" else ()
