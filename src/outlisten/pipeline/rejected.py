"""Rows that did not become posts: the file that keeps them, and whose they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from outlisten.pipeline.ingest import REFUSED, Pipeline
from outlisten.posts.files import Rejected
from outlisten.words import Locale, words

AUTHOR = ("author_id", "author_handle", "author")
# What stands between the signs that part cells, in a line that cannot be read as cells.
PIECES = re.compile(r"""[^,;\t|\n\r"]+""")
LONGEST_NAME = 200


class RejectedFile:
    """Rejected rows as JSON Lines (line, reason, record, told); the file is made with the first of them.

    It is closed between two writes: whoever erases a person may replace it meanwhile.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0

    def write(self, rejected: Iterable[Rejected]) -> None:
        """Keep these rows."""
        # ASCII keeps lone surrogates and direction marks visible and the file safe to open anywhere.
        lines = [json.dumps(row._asdict()) + "\n" for row in rejected]
        if not lines:
            return
        if not self.rows:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.unlink(missing_ok=True)
        with self.path.open("a", encoding="ascii") as file:
            file.writelines(lines)
        self.rows += len(lines)


def authors(row: Rejected, platforms: Iterable[str]) -> list[dict[str, str]]:
    """Who may have written a row: its author; of a row that tells none, everybody on these platforms whom one of its
    values may name."""
    platform = str(row.told.get("platform") or "file")
    author = {name: str(row.told[name]) for name in AUTHOR if row.told.get(name)}
    if author:
        return [{"platform": platform, **author}]
    values = {value.strip().removeprefix("@") for value in values_of(row.record)} - {""}
    return [
        {"platform": where, name: value}
        for where in sorted({platform, *platforms})
        for value in sorted(values)
        for name in AUTHOR
    ]


def without_refused(
    sample: Sequence[Mapping[str, object]], pipeline: Pipeline, locale: Locale
) -> list[dict[str, object]]:
    """Posts of a preview; in place of one whose author asked not to be collected stands that they did."""
    told = [{name: str(post[name]) for name in ("platform", *AUTHOR) if post.get(name)} for post in sample]
    refused = pipeline.refused(told)
    asked = words("pipeline", locale)(REFUSED)
    return [{"text": asked} if place in refused else dict(post) for place, post in enumerate(sample)]


def values_of(record: object) -> Iterator[str]:
    """Every value of a record: of JSON however deep, or of a line of text that is no table any more."""
    if isinstance(record, dict):
        yield from (inner for value in record.values() for inner in values_of(value))
    elif isinstance(record, list | tuple):
        yield from (inner for value in record for inner in values_of(value))
    elif isinstance(record, str):
        yield from _inside(record)
    elif record is not None:
        yield str(record)


def _inside(text: str) -> Iterator[str]:
    """A cell, and what stands in it: it may be a record, or a line whose quotes or brackets are broken."""
    if text.lstrip().startswith(("{", "[")):
        try:
            yield from values_of(json.loads(text))
            return
        except (ValueError, RecursionError):
            pass
    pieces = (text, *PIECES.findall(text)) if len(text) <= LONGEST_NAME else PIECES.findall(text)
    yield from (piece for piece in pieces if len(piece) <= LONGEST_NAME)
