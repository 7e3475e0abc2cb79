"""Posts read from a file for a command that keeps nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from outlisten.cli.endings import Refused
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.posts.files import Batch, ImportPlan

AT_ONCE = 1_000


def batches_of(
    session: Session, path: Path, mapping: dict[str, str] | None, *, quiet: bool = False
) -> Iterator[tuple[ImportPlan, Batch]]:
    """The file's posts batch by batch, with the plan; rejected rows are told unless `quiet`. Raises Refused, which names
    the file."""
    from outlisten.posts.files import FileProblem, plan_import, read_batches

    try:
        plan = plan_import(path, mapping=mapping, locale=session.locale)
        for batch in read_batches(plan, rows=AT_ONCE):
            for rejected in () if quiet else batch.rejected:
                session.say(f"{path.name}:{rejected.line}: {rejected.reason}")
            yield plan, batch
    except FileProblem as problem:
        raise Refused(about(path.name, problem.text(session.locale))) from problem


def about(name: str, sentence: str) -> str:
    """The sentence with the file's name in front, unless it has it already."""
    return sentence if name in sentence else f"{name}: {sentence}"
