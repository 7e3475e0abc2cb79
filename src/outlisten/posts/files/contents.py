"""What one stream of bytes holds, told by its content and never by its name: format, encoding, columns."""

from __future__ import annotations

import zipfile
from dataclasses import replace

from outlisten.posts.files.byte_source import ByteSource
from outlisten.posts.files.delimited import Dialect
from outlisten.posts.files.dialects import guess_dialect, looks_like_header, name_columns
from outlisten.posts.files.encodings import Encoding, detect, fits, is_undecided, read_sample, sample_of
from outlisten.posts.files.json_document import records_key
from outlisten.posts.files.json_lines import DECODER
from outlisten.posts.files.layouts import Format, Layout
from outlisten.posts.files.opening import open_packed, open_unpacked, seekable, unpacked_size
from outlisten.posts.files.problems import FileProblem
from outlisten.posts.files.workbook import Workbook
from outlisten.posts.files.zips import check_unpacked_size, is_workbook, unpacked

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


def inspect_stream(layout: Layout, encoding: str | None) -> Layout:
    """The layout of one stream of bytes: a file, or the first part of an archive."""
    source, layers = unpacked(open_packed(layout, layout.first_part))
    layout = replace(layout, compression=(*layout.compression, *layers))
    head = source.peek(1 << 16)
    if head.startswith(b"PAR1"):
        source.close()
        return replace(layout, format="parquet")
    if head.startswith(b"PK\3\4"):
        source.close()
        return inspect_workbook(layout)
    _refuse_foreign(head, source)
    sample = read_sample(source)
    source.close()
    if not sample.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise source.problem or FileProblem("empty", name=layout.path.name)
    found = _named(encoding, sample) if encoding else _encoding(layout, sample)
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


def _named(encoding: str, sample: bytes) -> Encoding:
    """The encoding a person named. Raises FileProblem where most telling lines cannot be written in it."""
    if fits(sample, encoding):
        return Encoding(encoding)
    raise FileProblem("other-encoding", asked=Encoding(encoding).label, found=detect(sample).label)


def _encoding(layout: Layout, sample: bytes) -> Encoding:
    if not is_undecided(sample):
        return detect(sample)
    source = open_unpacked(layout, layout.first_part)
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


def inspect_workbook(layout: Layout) -> Layout:
    """The layout of a workbook: its sheet, its header. Raises FileProblem."""
    file = seekable(open_unpacked(layout, layout.first_part))
    try:
        with zipfile.ZipFile(file) as archive:
            if not is_workbook(archive):
                raise FileProblem("zip-in-zip")
            check_unpacked_size(archive)
        book = Workbook(file, unpacked_size(file))
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
