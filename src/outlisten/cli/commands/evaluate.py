"""`outlisten evaluate`: how well the models read a file that people labelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.column_maps import column_map
from outlisten.cli.endings import DONE, SOME_REJECTED, Refused, WrongUsage
from outlisten.cli.evaluation_report import Evaluated
from outlisten.cli.frame import command
from outlisten.cli.input_files import input_files
from outlisten.cli.labelled_files import LabelledFile, labelled_file
from outlisten.cli.locales import help_words as _
from outlisten.cli.options import Maps
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.language.evaluation import Answering, LabelNames, Scoring, Task

TaskName = Annotated[
    str,
    typer.Argument(
        metavar="TASK",
        help=_(
            "sentiment, intent, emotion, language, promotion, disclosure, suggestion, complaint, urgency, offensive, "
            "sarcasm or spam."
        ),
    ),
]
Labelled = Annotated[
    Path, typer.Argument(metavar="PATH", help=_("A file of posts with their labels; - is standard input."))
]
Labels = Annotated[
    list[str] | None,
    typer.Option(
        "--labels", metavar="FILE=OURS,…",
        help=_("What the file's labels mean: 0=negative,4=positive; x= leaves posts out, *=none is for all others."),
    ),
]  # fmt: skip
Lang = Annotated[
    str | None, typer.Option(metavar="CODE", help=_("The language of every post, where it is known: zh, en."))
]
TierName = Annotated[str, typer.Option("--tier", metavar="TIER", help=_("Which models read: fast or deep."))]


@command(where="anywhere")
def evaluate(
    session: Session, *, task: TaskName, path: Labelled, maps: Maps = None, labels: Labels = None, lang: Lang = None,
    tier: TierName = "fast",
) -> int:  # fmt: skip
    """The labels are counted first, so that one that is not known is told before anything is read."""
    wanted = _task(session, task)
    names = _label_names(session, wanted, labels)
    answers = _answering(session, wanted, tier)
    mapping = column_map(maps, session.locale)
    file = labelled_file(session, input_files(session, [str(path)])[0], mapping, wanted)
    judged, left_out = _judged(session, file, names)
    found = _evaluate(session, file, names, answers, judged, lang)
    evaluated = Evaluated(found, answers, left_out=left_out, column=file.column)
    session.emit(evaluated.as_json()) if session.json else evaluated.show(session)
    return SOME_REJECTED if file.rejected else DONE


def _task(session: Session, name: str) -> Task:
    from outlisten.language.evaluation import TASKS

    if name not in TASKS:
        _ = session.words
        raise WrongUsage(
            _("There is no task {task}. Choose {known}.").format(task=name, known=", ".join(TASKS))
        )
    return TASKS[name]


def _label_names(session: Session, task: Task, given: list[str] | None) -> LabelNames:
    from outlisten.language.evaluation import LabelNames, Unknown

    _ = session.words
    named: dict[str, str] = {}
    for item in (part for option in given or () for part in option.split(",")):
        value, sign, label = item.partition("=")
        if not sign or not value.strip():
            raise WrongUsage(
                _(
                    "--labels {item} is not understood. Write file=ours: --labels 0=negative,4=positive."
                ).format(item=item)
            )
        named[value.strip()] = label.strip()
    try:
        return LabelNames(task, named)
    except Unknown as problem:
        raise WrongUsage(
            _("{task} has no label {labels}. It has: {known}.").format(
                task=task.name, labels=", ".join(problem.values), known=_known(session, task)
            )
        ) from problem


def _known(session: Session, task: Task) -> str:
    return ", ".join(task.labels) or session.words("codes of languages, such as zh and en")


def _answering(session: Session, task: Task, tier: str) -> Answering:
    from outlisten.language.evaluation import NotRead, answering

    _ = session.words
    if tier not in ("fast", "deep"):
        raise WrongUsage(_("There is no tier {tier}. Choose fast or deep.").format(tier=tier))
    try:
        return answering(task, "deep" if tier == "deep" else "fast")
    except NotRead as problem:
        sentence = (
            _("The models of this tier do not read {task} yet, so there is nothing to measure.")
            if problem.installed
            else _("The deep tier is not installed here.")
        )
        raise Refused(sentence.format(task=task.name)) from problem


def _judged(session: Session, file: LabelledFile, names: LabelNames) -> tuple[tuple[str, ...], int]:
    """(the labels that the file's posts are judged on, how many posts are left out). Raises Refused for labels that are
    not known and for a file without any."""
    found: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    left_out = posts = 0
    for value in file.values(session):
        posts += 1
        try:
            labels = names.read(value)
        except KeyError as problem:
            unknown[str(problem.args[0])] += 1
            continue
        left_out += labels is None
        found.update(labels or ())
    if unknown:
        raise Refused(_unknown(session, file, names.task, unknown))
    if posts == left_out:
        raise Refused(session.words("{file} has no labelled post.").format(file=file.path.name))
    return judged_on(names.task, found), left_out


def judged_on(task: Task, found: Mapping[str, int]) -> tuple[str, ...]:
    """The labels that posts are judged on: those that some post truly has, all of them where they are yes and no or
    levels; without neutral posts, negative and positive."""
    if task.kind in ("yes_no", "level"):
        return task.labels
    if task.name == "sentiment":
        return task.labels if found.get("neutral") else ("negative", "positive")
    return tuple(label for label in task.labels or sorted(found) if label in found)


def _unknown(session: Session, file: LabelledFile, task: Task, unknown: Counter[str]) -> str:
    _ = session.words
    most = unknown.most_common(10)
    shown = ", ".join(_("“{value}” ({n:,})").format(value=value[:40], n=n) for value, n in most)
    more = _(" and {n:,} more").format(n=len(unknown) - len(most)) if len(unknown) > len(most) else ""
    example = ",".join(
        f"{value[:40]}={label}" for value, label in zip(sorted(dict(most)), task.labels, strict=False)
    )
    return _(
        "{file}: the column {column} has labels that are not known for {task}: {values}. Say what they mean with --labels, "
        "for example --labels '{example}'; known are {known}."
    ).format(
        file=file.path.name, column=file.column, task=task.name, values=shown + more,
        example=example or f"{most[0][0]}=zh", known=_known(session, task),
    )  # fmt: skip


def _evaluate(
    session: Session, file: LabelledFile, names: LabelNames, answers: Answering, judged: tuple[str, ...],
    lang: str | None,
) -> Scoring:  # fmt: skip
    from outlisten.language.evaluation import Scoring, Tally

    tally = Tally()
    for posts, values in file.batches(session, quiet=False):
        truths = [names.read(value) for value in values]
        rows = [row for row, truth in enumerate(truths) if truth is not None]
        if not rows:
            continue
        some = posts.take(rows)
        langs = [lang] * len(rows) if lang else some["lang_given"].to_pylist()
        found = answers(some["text"].to_pylist(), some["title"].to_pylist(), langs, judged)
        tally.add((truth for truth in truths if truth is not None), found)
    return Scoring(names.task, tally, judged)
