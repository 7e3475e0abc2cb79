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
from outlisten.posts.files import Batch, FileProblem, ImportPlan, Rejected, read_batches
from outlisten.posts.files.columns import SCHEMA, TOLD
from outlisten.posts.store import AddResult

# A batch of a file; behind its last one, what ended it early or None.
_Step = tuple[ImportPlan, Batch | FileProblem | None]

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
    files = import_files(
        [plan], pipeline, rejected_to=lambda plan: rejected_to, on_progress=lambda plan, now: on_progress(now)
    )
    _plan, outcome = next(files)
    if isinstance(outcome, FileProblem):
        raise outcome
    return outcome


def import_files(
    plans: Iterable[ImportPlan],
    pipeline: Pipeline,
    *,
    rejected_to: Callable[[ImportPlan], Path],
    on_progress: Callable[[ImportPlan, Progress], None],
) -> Iterator[tuple[ImportPlan, ImportReport | FileProblem]]:
    """Take planned files in, one after the other; each comes back with its report, or why it could not be read on.

    The next file is read while the last posts of one are being kept. Raises OSError when nothing can be written.
    """
    under_way: deque[_Step] = deque()
    began, counts = perf_counter(), _Counts()
    rejected: RejectedFile | None = None
    for result in pipeline.ingest_many(_posts(plans, under_way)):
        plan, batch = under_way.popleft()
        rejected = rejected or RejectedFile(rejected_to(plan))
        if isinstance(batch, Batch):
            _keep_rejected(rejected, batch, result, pipeline)
            counts.add(batch, result)
            on_progress(plan, counts.progress(batch, rejected.rows))
            continue
        yield plan, batch or counts.report(rejected, round(perf_counter() - began, 3))
        began, counts, rejected = perf_counter(), _Counts(), None


@dataclass(slots=True)
class _Counts:
    """What became of the rows of one file so far."""

    read: int = 0
    added: int = 0
    updated: int = 0
    duplicate: int = 0

    def add(self, batch: Batch, result: AddResult) -> None:
        """One more batch."""
        self.read += batch.posts.num_rows + len(batch.rejected)
        self.added += result.added
        self.updated += result.updated
        self.duplicate += result.duplicate

    def progress(self, batch: Batch, rejected: int) -> Progress:
        """How far this batch has brought the file."""
        return Progress(
            batch.bytes_done, batch.bytes_total, self.read, self.added, self.updated, self.duplicate, rejected
        )

    def report(self, rejected: RejectedFile, seconds: float) -> ImportReport:
        """The whole file."""
        kept = str(rejected.path) if rejected.rows else None
        return ImportReport(self.read, self.added, self.updated, self.duplicate, rejected.rows, kept, seconds)


def _posts(plans: Iterable[ImportPlan], under_way: deque[_Step]) -> Iterator[pa.Table]:
    """The posts of every batch of every file; behind the last one of a file, none."""
    for plan in plans:
        ended: FileProblem | None = None
        try:
            for batch in read_batches(plan, rows=BATCH_ROWS):
                under_way.append((plan, batch))
                yield batch.posts
        except FileProblem as problem:
            ended = problem
        under_way.append((plan, ended))
        yield SCHEMA.empty_table()


def _keep_rejected(rejected: RejectedFile, batch: Batch, result: AddResult, pipeline: Pipeline) -> None:
    rows = [*batch.rejected, *_not_kept(batch, result)]
    with pipeline.resting():  # an erasure either sees these rows or is seen by them
        rejected.write(_without_refused(rows, pc.unique(batch.posts["platform"]).to_pylist(), pipeline))


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
