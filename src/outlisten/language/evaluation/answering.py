"""What a tier reads in posts, as answers to one task."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from outlisten.language import deep
from outlisten.language.chances import Tier, task_chances
from outlisten.language.disclosure import find_markers
from outlisten.language.evaluation.label_names import Labels
from outlisten.language.evaluation.tasks import LEVELS, NO, YES, Task
from outlisten.language.promotion import read_promotion
from outlisten.language.reading import read
from outlisten.language.telling import tells

Texts = Sequence[str | None]
Read = Callable[[Texts, Texts, Texts], pa.Table]
SINGLE = ("sentiment", "emotion")  # tasks whose labels exclude each other
# Posts that any model which reads a task reads in some way.
PROBES = (
    "I am furious, this broke after a day. Can somebody help?",
    "气死我了，用了一天就坏了，谁能帮帮我？",
)
RULES: dict[str, Callable[[str, str | None], bool]] = {
    "promotion": lambda text, title: read_promotion(text, title).kind == "promotion",
    "disclosure": lambda text, title: bool(find_markers(title, text)),
}
"""Tasks that rules answer where no model does."""


class NotRead(LookupError):
    """No model here reads this task, or the tier is not installed; `tier` says which."""

    def __init__(self, tier: Tier, *, installed: bool) -> None:
        super().__init__(tier)
        self.tier, self.installed = tier, installed


class Answer(NamedTuple):
    """`labels` is None for *cannot tell*, empty for none of them. `score` is the probability of a single label.

    `own` is what the model says when it may choose among all labels, `told` whether that is shown to a person.
    """

    labels: Labels | None
    score: float | None = None
    own: str | None = None
    told: bool = True


class Answering:
    """Asks a tier; `seconds` adds up the time of reading alone, `model` names who read."""

    def __init__(self, task: Task, tier: Tier, read_posts: Read, *, by_rules: bool) -> None:
        self.task, self.tier, self.model, self.seconds = task, tier, "", 0.0
        self._read, self._by_rules = read_posts, by_rules

    def __call__(
        self, texts: Texts, titles: Texts, langs: Texts, among: Sequence[str] | None = None
    ) -> list[Answer]:
        """An answer a post. `among` restricts a single label to those that the posts are judged on."""
        start = perf_counter()
        readings = self._read(texts, titles, langs)
        given = self._rules(texts, titles) if self._by_rules else None
        self.seconds += perf_counter() - start
        if given is not None:
            self.model = f"{self.task.name} rules"
            return given
        self.model = _named(readings) or self.model
        if self.task.name in SINGLE:
            return self._single(readings, texts, titles, langs, among)
        return [self._answer(value) for value in readings[self.task.column].to_pylist()]

    def _rules(self, texts: Texts, titles: Texts) -> list[Answer]:
        told = RULES[self.task.name]
        return [
            Answer((YES,) if told(text or "", title) else (NO,))
            for text, title in zip(texts, titles, strict=True)
        ]

    def _answer(self, value: object) -> Answer:
        if value is None:
            return Answer(None)
        if self.task.kind == "yes_no":
            assert isinstance(value, list)
            return Answer((YES,) if self.task.flag in value else (NO,))
        if self.task.kind == "level":
            return Answer((LEVELS[round(float(str(value)) * (len(LEVELS) - 1))],))
        if isinstance(value, list):
            return Answer(tuple(sorted(value)))
        return Answer((str(value),), own=str(value))

    def _single(
        self, readings: pa.Table, texts: Texts, titles: Texts, langs: Texts, among: Sequence[str] | None
    ) -> list[Answer]:
        """The likeliest of the labels that the posts are judged on, with its probability among them."""
        own = readings[self.task.column].to_pylist()
        chances = task_chances(self.task.name, texts, titles, langs, self.tier)
        told = [tells(float(chance)) for chance in chances.table.max(axis=1)]
        names = [label for label in chances.labels if among is None or label in among] or list(chances.labels)
        table = chances.table[:, [chances.labels.index(name) for name in names]]
        table = table / np.maximum(table.sum(axis=1, keepdims=True), 1e-9)
        best = np.argmax(np.nan_to_num(table, nan=-1.0), axis=1).tolist()
        return [
            Answer((names[at],), float(row[at]), said, sure)
            if said and not np.isnan(row[at])
            else Answer(None, told=False)
            for at, row, said, sure in zip(best, table, own, told, strict=True)
        ]


def answering(task: Task, tier: Tier = "fast") -> Answering:
    """Who answers a task. Raises NotRead when the tier is not installed or reads nothing of the task."""
    read_posts = _reader(tier)
    probed = read_posts(PROBES, [None] * len(PROBES), ["en", "zh"])
    told = task.column in probed.column_names and probed[task.column].null_count < len(PROBES)
    if not told and task.name not in RULES:
        raise NotRead(tier, installed=True)
    return Answering(task, tier, read_posts, by_rules=not told)


def _reader(tier: Tier) -> Read:
    if tier == "fast":
        return read
    if not deep.available():
        raise NotRead(tier, installed=False)
    return deep.read_deep


def _named(readings: pa.Table) -> str:
    names = {name for name in readings["model"].to_pylist() if name}
    return ", ".join(sorted(names))
