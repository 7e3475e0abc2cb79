"""From a file to kept posts: streams the batches of a plan through the pipeline and keeps what was rejected."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

import pyarrow as pa
import pyarrow.compute as pc

from outlisten.pipeline.ingest import Pipeline
from outlisten.pipeline.rejected import RejectedFile, authors
from outlisten.posts.files import Batch, ImportPlan, Rejected, read_batches
from outlisten.posts.files.columns import TOLD
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
    rejected = RejectedFile(rejected_to)
    for result in pipeline.ingest_many(_posts(read_batches(plan, rows=BATCH_ROWS), under_way)):
        batch = under_way.popleft()
        rows = [*batch.rejected, *_not_kept(batch, result)]
        with pipeline.resting():  # an erasure either sees these rows or is seen by them
            rejected.write(_without_refused(rows, pc.unique(batch.posts["platform"]).to_pylist(), pipeline))
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


def _not_kept(batch: Batch, result: AddResult) -> Iterator[Rejected]:
    """What the pipeline did not keep, with its line in the file."""
    for row, reason in result.rejected:
        if row in result.refused:
            yield Rejected(batch.lines[row], reason, "")
        else:
            post = batch.posts.slice(row, 1).to_pylist()[0]
            told = {name: post[name] for name in TOLD if post[name] is not None}
            yield Rejected(batch.lines[row], reason, post["raw"] or "", told)


def _without_refused(rows: list[Rejected], platforms: Iterable[str], pipeline: Pipeline) -> list[Rejected]:
    """Of a row whose author asked not to be collected, line and reason are kept alone; so too of one whose author
    cannot be told and that holds their name."""
    named = [(place, author) for place, row in enumerate(rows) for author in authors(row, platforms)]
    refused = pipeline.refused([author for _place, author in named])
    theirs = {named[at][0] for at in refused}
    return [row._replace(record="", told={}) if place in theirs else row for place, row in enumerate(rows)]
