"""From a file to kept posts: streams the batches of a plan through the pipeline and keeps what was rejected."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Self, TextIO

import pyarrow as pa

from outlisten.pipeline.ingest import Pipeline
from outlisten.posts.files import Batch, ImportPlan, Rejected, read_batches
from outlisten.posts.store import AddResult

# One INSERT pays the text index once; smaller batches run at a fraction of the speed.
BATCH_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: bytes of the file, and what became of its rows so far."""

    bytes_done: int
    bytes_total: int
    read: int
    added: int
    updated: int
    duplicate: int
    rejected: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file: every row read is added, updated, duplicate or rejected."""

    read: int
    added: int
    updated: int
    duplicate: int
    rejected: int
    rejected_file: str | None
    seconds: float

    def as_json(self) -> dict[str, object]:
        """The shape of `outlisten import --json`."""
        return asdict(self)


class RejectedFile:
    """Rejected rows as JSON Lines (line, reason, record); the file is made with the first of them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()

    def write(self, rejected: Iterable[Rejected]) -> None:
        """Keep these rows."""
        for row in rejected:
            if self._file is None:
                self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._file = self.path.open("w", encoding="utf-8")
            record = {"line": row.line, "reason": row.reason, "record": row.record}
            # ASCII keeps lone surrogates and direction marks visible and the file safe to open anywhere.
            self._file.write(json.dumps(record) + "\n")
            self.rows += 1


def import_file(
    plan: ImportPlan,
    pipeline: Pipeline,
    *,
    rejected_to: Path,
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> ImportReport:
    """Take a planned file in. Safe to repeat: what is kept already is counted as duplicate.

    Raises FileProblem when the file itself cannot be read on, OSError when nothing can be written.
    """
    began = perf_counter()
    read = added = updated = duplicate = 0
    under_way: deque[Batch] = deque()
    with RejectedFile(rejected_to) as rejected:
        for result in pipeline.ingest_many(_posts(read_batches(plan, rows=BATCH_ROWS), under_way)):
            batch = under_way.popleft()
            rejected.write(batch.rejected)
            rejected.write(_refused(batch, result))
            read += batch.posts.num_rows + len(batch.rejected)
            added, updated = added + result.added, updated + result.updated
            duplicate += result.duplicate
            on_progress(
                Progress(batch.bytes_done, batch.bytes_total, read, added, updated, duplicate, rejected.rows)
            )
        kept = str(rejected.path) if rejected.rows else None
        return ImportReport(
            read, added, updated, duplicate, rejected.rows, kept, round(perf_counter() - began, 3)
        )


def _posts(batches: Iterable[Batch], under_way: deque[Batch]) -> Iterator[pa.Table]:
    for batch in batches:
        under_way.append(batch)
        yield batch.posts


def _refused(batch: Batch, result: AddResult) -> Iterator[Rejected]:
    """What the pipeline refused, with its line in the file; without the record where its author wants none kept."""
    raw = batch.posts["raw"]
    for row, reason in result.rejected:
        record = "" if row in result.refused else raw[row].as_py() or ""
        yield Rejected(line=batch.lines[row], reason=reason, record=record)
