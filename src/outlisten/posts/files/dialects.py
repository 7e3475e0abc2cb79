"""How a delimited file is written: its delimiter, where its header stands, and what its columns are called."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence

from outlisten.posts.files.column_names import is_known, plain
from outlisten.posts.files.delimited import MAX_RECORD, Dialect

DELIMITERS = (",", "\t", ";", "|", "^", "~", "\x01", "\x1f")
SAMPLE_ROWS = 200
PREAMBLE = 30
LONGEST_NAME = 80


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
    """Whether a row holds names: a known one, or short, different, and neither numbers nor dates nor addresses."""
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
    return digits <= len(cell) // 3 and len(cell.split()) <= 8


def _rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """(physical lines read up to and with it, row) for the first rows of a sample."""
    csv.field_size_limit(MAX_RECORD)
    lines = text.splitlines(keepends=True) if "\n" not in text else [line + "\n" for line in text.split("\n")]
    reader = csv.reader(lines, delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    for row in reader:
        if row:
            rows.append((reader.line_num, row))
        if len(rows) == SAMPLE_ROWS:
            break
    # The sample may end inside a row.
    return rows[:-1] if len(rows) > 2 and len(rows) < SAMPLE_ROWS and not text.endswith("\n") else rows


def _usual_width(rows: list[list[str]]) -> tuple[int, float]:
    widths = Counter(len(row) for row in rows[-max(len(rows) - PREAMBLE, len(rows) // 2, 1) :])
    if not widths:
        return 0, 0.0
    width, times = widths.most_common(1)[0]
    return width, times / sum(widths.values())


def _with_header(text: str, delimiter: str, rows: list[tuple[int, list[str]]], width: int) -> Dialect:
    skipped = 0
    backslash = '\\"' in text and '""' not in text
    spaced = f'{delimiter} "' in text and f'{delimiter}"' not in text
    for number, row in rows[:PREAMBLE]:
        if len(row) == width:
            if looks_like_header(row):
                return Dialect(delimiter, name_columns(row), number, skipped + 1, backslash, spaced)
            break
        skipped = number
    columns = name_columns([None] * width)
    return Dialect(delimiter, columns, skipped, None, backslash, spaced)


def _single_column(text: str) -> Dialect | None:
    """One column under a known name is still a CSV file; anything else is plain text."""
    first = text.lstrip("\n").split("\n", 1)[0].strip().strip('"')
    if first and len(first) < LONGEST_NAME and is_known(first) and plain(first) != "line":
        return Dialect(",", (first,), 1, 1)
    return None
