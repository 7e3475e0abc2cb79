"""A planned file as batches of posts, in memory that does not grow with the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyarrow as pa

from outlisten.posts.files.columns import SCHEMA
from outlisten.posts.files.opening import open_readers
from outlisten.posts.files.plan import ImportPlan
from outlisten.posts.files.presets import named
from outlisten.posts.files.problems import FileProblem, Rejected
from outlisten.posts.files.records import Record, RecordReader

# Ten thousand posts of a few hundred characters are 5 MB; a batch of longer ones ends earlier. While one is made, its records,
# its cells and its table stand beside the batch before it.
MAX_VOLUME = 8 << 20


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of the file: `posts` by the schema's given columns, `lines` where each of them starts, `rejected`
    rows with line and reason, and how far reading has come. A break in the file is the last batch's `problem`,
    and also its last rejected row."""

    posts: pa.Table
    lines: list[int]
    rejected: list[Rejected]
    bytes_done: int
    bytes_total: int
    problem: FileProblem | None = None


def read_batches(plan: ImportPlan, rows: int = 10_000) -> Iterator[Batch]:
    """The file's posts, `rows` records at a time. A break ends a part of the file and not the
    iteration. Raises FileProblem when no column holds the posts' words."""
    _check_words(plan)
    mapper, facts = plan.mapper(), plan.facts
    for part, reader in open_readers(plan.layout, set(plan.mapping.values())):
        line = 0
        for records, problem in _chunks(reader, rows):
            posts, lines, rejected = mapper.table(records, replace(facts, part=part))
            line = records[-1].line if records else line
            if problem is not None:
                rejected.append(Rejected(line + 1, problem.text(plan.locale), ""))
            if len(plan.layout.parts) > 1:
                rejected = [row._replace(reason=f"{part}: {row.reason}") for row in rejected]
            yield Batch(posts, lines, rejected, min(reader.position, plan.size), plan.size, problem)
    yield Batch(SCHEMA.empty_table(), [], [], plan.size, plan.size)


def _check_words(plan: ImportPlan) -> None:
    adapts = plan.preset is not None and named(plan.preset).adapt is not None
    if "text" not in plan.mapping and not adapts:
        raise FileProblem("no-text-column", columns=", ".join(plan.columns[:100]))


def _chunks(reader: RecordReader, rows: int) -> Iterator[tuple[list[Record], FileProblem | None]]:
    """Lists of records; with the last one, what ended the file early."""
    records: list[Record] = []
    start = reader.volume
    problem: FileProblem | None = None
    try:
        for record in reader:
            records.append(record)
            if len(records) >= rows or reader.volume - start > MAX_VOLUME:
                yield records, None
                records, start = [], reader.volume
    except FileProblem as error:
        problem = error
    problem = problem or reader.problem
    if records or problem:
        yield records, problem
