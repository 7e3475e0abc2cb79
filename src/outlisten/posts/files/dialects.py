"""How a delimited file is written: its delimiter, where its header stands, and what its columns are
called."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from outlisten.posts.files.column_names import is_known, plain
from outlisten.posts.files.delimited import MAX_RECORD, Dialect

DELIMITERS = (",", "\t", ";", "|", "^", "~", "\x01", "\x1f")
SAMPLE_ROWS = 200
PREAMBLE = 30
LONGEST_NAME = 80
WHOLE = 1 << 16


def guess_dialect(text: str) -> Dialect | None:
    """The dialect of a sample of whole lines, or None when its lines are not rows of one width."""
    best, best_score = None, 0.0
    for delimiter in DELIMITERS:
        if delimiter not in text:
            continue
        rows = _rows(text, delimiter)
        width, share = _usual_width([row for _, row in rows])
        # Prose has commas too, but not the same number in each line.
        score = share + min(width, 20) / 100
        if width > 1 and share > 0.7 and score > best_score:
            best, best_score = (delimiter, rows, width), score
    if best is None:
        return _single_column(text)
    delimiter, rows, width = best
    return _with_header(text, delimiter, rows, width)


def name_columns(header: Sequence[object]) -> tuple[str, ...]:
    """Column names from header cells: blanks are numbered, a repeated name gets a number behind it."""
    names: list[str] = []
    for place, cell in enumerate(header, 1):
        name = str(cell).strip() if cell is not None else ""
        name = name or f"column {place}"
        base, number = name, 2
        while name in names:
            name, number = f"{base} ({number})", number + 1
        names.append(name)
    return tuple(names)


def repeated(header: Sequence[object]) -> list[str]:
    """Header names that stand there more than once."""
    times = Counter(str(cell).strip() for cell in header if cell not in (None, ""))
    return [name for name, number in times.items() if number > 1]


def looks_like_header(row: Sequence[object]) -> bool:
    """Whether a row holds names: a known one, or short, different, and neither numbers nor dates nor
    addresses."""
    names = [str(cell).strip() for cell in row if cell not in (None, "")]
    if sum(map(is_known, names)) >= min(2, len(row)):
        return True
    if not names or len(set(names)) < len(names):
        return False
    return all(_is_name(name) for name in names)


def _is_name(cell: str) -> bool:
    if len(cell) > LONGEST_NAME or cell.startswith(("http://", "https://", "@", "#")):
        return False
    digits = sum(character.isdigit() for character in cell)
    return digits <= len(cell) // 2 and len(cell.split()) <= 8


def _rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """(physical lines read up to and with it, row) for the first rows of a sample."""
    lines = [line + "\n" for line in text.split("\n")[: 100 * SAMPLE_ROWS]]
    if not text.endswith("\n") and len(text) > WHOLE:
        lines.pop()  # the sample ends inside a line
    spanning, single = _spanning_rows(lines, delimiter), _single_rows(lines, delimiter)
    # A quote never closed makes one row of all the lines behind it: then each line for itself says more.
    return max(spanning, single, key=_agreeing)


def _spanning_rows(lines: list[str], delimiter: str) -> list[tuple[int, list[str]]]:
    csv.field_size_limit(MAX_RECORD)
    reader = csv.reader(lines, delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in islice(filter(None, reader), SAMPLE_ROWS):
            rows.append((reader.line_num, row))
    except csv.Error:
        pass
    return rows


def _single_rows(lines: list[str], delimiter: str) -> list[tuple[int, list[str]]]:
    rows = []
    for number, line in enumerate(lines[:SAMPLE_ROWS], 1):
        try:
            row = next(csv.reader([line], delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        if row:
            rows.append((number, row))
    return rows


def _agreeing(rows: list[tuple[int, list[str]]]) -> int:
    return max(Counter(len(row) for _, row in rows if len(row) > 1).values(), default=0)


def _usual_width(rows: list[list[str]]) -> tuple[int, float]:
    widths = Counter(len(row) for row in rows[-max(len(rows) - PREAMBLE, len(rows) // 2, 1) :])
    if not widths:
        return 0, 0.0
    width, times = widths.most_common(1)[0]
    return width, times / sum(widths.values())


def _with_header(text: str, delimiter: str, rows: list[tuple[int, list[str]]], width: int) -> Dialect:
    skipped = 0
    backslash = _escapes_with_backslash(text, delimiter)
    quoted = not _has_quotes_as_text(text, delimiter, width)
    spaced = f'{delimiter} "' in text and f'{delimiter}"' not in text
    for number, row in rows[:PREAMBLE]:
        if len(row) == width:
            if looks_like_header(row):
                line = number - sum(cell.count("\n") for cell in row)
                return Dialect(delimiter, name_columns(row), number, line, backslash, spaced, quoted)
            break
        skipped = number
    columns = name_columns([None] * width)
    return Dialect(delimiter, columns, skipped, None, backslash, spaced, quoted)


def _has_quotes_as_text(text: str, delimiter: str, width: int) -> bool:
    """Whether quotes mean nothing to the program that wrote this: of the lines with a cell that begins with one, more
    have it standing open than closed, and yet every line is a row. Fewer than three are mistakes and no custom."""
    lines = [line.rstrip("\r") for line in text.split("\n")[:5_000] if line]
    starts = re.compile(rf'(?:^|{re.escape(delimiter)})"')
    closed = [_closes(line, delimiter) for line in lines if starts.search(line)]
    standing_open = len(closed) - sum(closed)
    if standing_open < 3 or standing_open <= sum(closed):
        return False
    return sum(line.count(delimiter) == width - 1 for line in lines) > 0.99 * len(lines)


def _closes(line: str, delimiter: str) -> bool:
    try:
        next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return True


def _escapes_with_backslash(text: str, delimiter: str) -> bool:
    """Whether quotes inside cells are written \\" and never "" (a cell may just end with a backslash)."""
    inside = rf"[^{re.escape(delimiter)}\n]"
    escaped = re.search(rf'\\"{inside}', text)
    return escaped is not None and not re.search(rf'{inside}""{inside}', text.replace('\\"', ""))


def _single_column(text: str) -> Dialect | None:
    """One column under a known name is still a CSV file; anything else is plain text."""
    first = text.lstrip("\n").split("\n", 1)[0].strip().strip('"')
    if first and len(first) < LONGEST_NAME and is_known(first) and plain(first) != "line":
        return Dialect(",", (first,), 1, 1)
    return None
