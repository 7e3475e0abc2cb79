"""Labelled posts in a file: which column holds the label, and the posts with what it says, batch by batch."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from outlisten.cli.endings import Refused, WrongUsage
from outlisten.cli.posts_in_files import about, batches_of
from outlisten.cli.session import Session
from outlisten.words import Locale, words

if TYPE_CHECKING:
    import pyarrow as pa

    from outlisten.language.evaluation import Task
    from outlisten.posts.files import ImportPlan

FIELD = "label"
USUAL = (
    "label", "labels", "gold", "gold_label", "target", "truth", "class", "category", "polarity", "标签", "标注",
    "类别", "分类",
)  # fmt: skip
OF_TASK: Mapping[str, Sequence[str]] = {
    "sentiment": ("sentiment", "sentiment_value", "tone", "情感", "情感倾向"),
    "intent": ("intent", "intents", "意图"),
    "emotion": ("emotion", "emotions", "情绪", "心情"),
    "language": ("language", "lang", "语言", "语种"),
    "promotion": ("promotion", "promotional", "推广"),
    "urgency": ("urgency", "紧急程度"),
}


@dataclass(slots=True)
class LabelledFile:
    """A file, the columns of its posts, and the column of its labels; `rejected` counts rows that are no posts."""

    path: Path
    mapping: dict[str, str] | None
    column: str
    rejected: int = 0

    def values(self, session: Session) -> Iterator[object]:
        """The label of every post, without its words."""
        for _posts, values in self.batches(session):
            yield from values

    def batches(self, session: Session, *, quiet: bool = True) -> Iterator[tuple[pa.Table, list[object]]]:
        """(posts, the label of each). Rejected rows are told once, unless `quiet`."""
        for _plan, batch in batches_of(session, self.path, self.mapping, quiet=quiet):
            session.check_stop()
            self.rejected += 0 if quiet else len(batch.rejected)
            yield batch.posts, [_label(raw, self.column) for raw in batch.posts["raw"].to_pylist()]


def labelled_file(
    session: Session, path: Path, mapping: Mapping[str, str] | None, task: Task
) -> LabelledFile:
    """The file with its columns found. Raises Refused, WrongUsage with one sentence."""
    from outlisten.posts.files import FileProblem, plan_import

    posts = {field: column for field, column in (mapping or {}).items() if field != FIELD}
    asked = (mapping or {}).get(FIELD)
    try:
        plan = plan_import(path, mapping=posts or None, locale=session.locale)
    except FileProblem as problem:
        raise Refused(about(path.name, problem.text(session.locale))) from problem
    column = _column(plan, asked, task, session.locale)
    if plan.mapping.get("text") == column:
        _ = session.words
        raise WrongUsage(
            _("The column {column} cannot be the text and the label at once.").format(column=column)
        )
    return LabelledFile(path, _without(posts, column, task, plan), column)


def _column(plan: ImportPlan, asked: str | None, task: Task, locale: Locale) -> str:
    _ = words("cli", locale)
    columns = ", ".join(plan.columns[:100])
    if asked:
        if asked in plan.columns or "." in asked:
            return asked
        raise WrongUsage(
            _("{file} has no column {column}. It has: {columns}.").format(
                file=plan.path.name, column=asked, columns=columns
            )
        )
    plain = {name.strip().lower(): name for name in reversed(plan.columns)}
    for name in (*OF_TASK.get(task.name, ()), task.name, *USUAL):
        if name in plain:
            return plain[name]
    raise WrongUsage(
        _("Say which column of {file} holds the labels: --map label=COLUMN. It has: {columns}.").format(
            file=plan.path.name, columns=columns
        )
    )


def _without(posts: dict[str, str], column: str, task: Task, plan: ImportPlan) -> dict[str, str] | None:
    """The mapping, without a guess that would tell the models the label or the language they are asked for, or add a
    title that the labellers may not have seen."""
    told = {field for field, name in plan.mapping.items() if name == column and field not in posts}
    if plan.preset is None and "title" not in posts:
        told |= {"title"} & set(plan.mapping)
    if task.name == "language":
        told |= {"lang_given"} & set(plan.mapping)
    return {**posts, **dict.fromkeys(told, "")} or None


def _label(raw: str | None, column: str) -> object:
    from outlisten.posts.files.mapping import cell_at

    try:
        record = json.loads(raw or "{}")
    except ValueError:
        return None
    return cell_at(record, column) if isinstance(record, dict) else None
