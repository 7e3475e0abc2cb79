"""From counts to figures: each task's usual measures, with bootstrap intervals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from outlisten.language.evaluation.several import SeveralLabels
from outlisten.language.evaluation.tally import Tally
from outlisten.language.evaluation.tasks import YES, Task
from outlisten.language.measures import (
    MEASURES,
    Confusion,
    Floats,
    Interval,
    Measure,
    f1_scores,
    measured,
    precisions,
    recalls,
)

URGENT = 2  # the level from which on a post is urgent


@dataclass(frozen=True)
class Scoring:
    """Figures of a tally. `labels` are those that the posts are judged on."""

    task: Task
    tally: Tally
    labels: tuple[str, ...]
    draws: int = 1000
    seed: int = 20

    @cached_property
    def metrics(self) -> dict[str, Interval]:
        """Every measure of the task with its 95 % interval, the one to quote first."""
        if self.task.kind == "several":
            found = self._several.metrics(self.draws, self.seed)
        else:
            found = {
                name: measured(self.confusion, measure, draws=self.draws, seed=self.seed)
                for name, measure in self._measures().items()
            }
        first = self.first
        return {first: found[first], **{name: value for name, value in found.items() if name != first}}

    @property
    def first(self) -> str:
        """The measure to quote: accuracy for two tones, as review sets are judged; else the task's own."""
        if self.task.name == "sentiment" and len(self.labels) == 2:
            return "accuracy"
        return self.task.first

    @property
    def coverage(self) -> float:
        """The share of posts that got an answer; the others count as wrong."""
        return self.tally.answered / self.tally.n if self.tally.n else 0.0

    @cached_property
    def confusion(self) -> Confusion:
        """Truth by answer; an answer that is no label here, and no answer, count as unread."""
        index = {label: at for at, label in enumerate(self.labels)}
        cells = np.zeros((len(self.labels), len(self.labels)), np.int64)
        unread = np.zeros(len(self.labels), np.int64)
        for (truth, answer), count in self.tally.pairs.items():
            at = index[truth[0]]
            if answer and answer[0] in index:
                cells[at, index[answer[0]]] += count
            else:
                unread[at] += count
        return Confusion(self.labels, cells, unread)

    def per_class(self) -> list[dict[str, object]]:
        """Precision, recall and F1 of each label, with its posts."""
        if self.task.kind == "several":
            return self._several.per_class()
        cells = np.column_stack((self.confusion.cells, self.confusion.unread)).astype(np.float64)
        figures = zip(precisions(cells), recalls(cells), f1_scores(cells), cells.sum(axis=1), strict=True)
        return [
            {"label": label, "precision": float(p), "recall": float(r), "f1": float(f), "n": int(n)}
            for label, (p, r, f, n) in zip(self.labels, figures, strict=True)
        ]

    @cached_property
    def _several(self) -> SeveralLabels:
        return SeveralLabels(self.labels, self.tally)

    def _measures(self) -> dict[str, Measure]:
        usual = dict(MEASURES)
        if self.task.kind == "yes_no":
            yes = self.labels.index(YES)
            return {
                "f1": _of(f1_scores, yes), "precision": _of(precisions, yes), "recall": _of(recalls, yes),
                "accuracy": usual["accuracy"], "macro_f1": usual["macro_f1"],
            }  # fmt: skip
        if self.task.kind == "level":
            return {
                "weighted_kappa": _weighted_kappa, "mean_absolute_error": _mean_absolute_error,
                "accuracy": usual["accuracy"], "f1_urgent": _f1_urgent,
            }  # fmt: skip
        return usual


def _of(measure: Measure, label: int) -> Measure:
    def one(cells: Floats) -> Floats:
        return np.asarray(measure(cells)[..., label])

    return one


def _weighted_kappa(cells: Floats) -> Floats:
    """Agreement beyond chance of ordered labels, gaps squared; posts without an answer left out.

    Cohen, Psychological Bulletin 70 (1968) 213–220.
    """
    counts = cells[..., :-1]
    n = np.maximum(counts.sum(axis=(-2, -1)), 1)
    levels = np.arange(counts.shape[-1])
    gaps = (levels[:, None] - levels) ** 2
    expected = counts.sum(axis=-1)[..., :, None] * counts.sum(axis=-2)[..., None, :] / n[..., None, None]
    by_chance = (gaps * expected).sum(axis=(-2, -1))
    seen = (gaps * counts).sum(axis=(-2, -1))
    return np.asarray(1 - np.divide(seen, by_chance, out=np.ones_like(seen), where=by_chance > 0))


def _mean_absolute_error(cells: Floats) -> Floats:
    """In levels, over the posts with an answer."""
    counts = cells[..., :-1]
    levels = np.arange(counts.shape[-1])
    n = np.maximum(counts.sum(axis=(-2, -1)), 1)
    return np.asarray((np.abs(levels[:, None] - levels) * counts).sum(axis=(-2, -1)) / n)


def _f1_urgent(cells: Floats) -> Floats:
    found = cells[..., URGENT:, URGENT:-1].sum(axis=(-2, -1))
    said, true = cells[..., URGENT:-1].sum(axis=(-2, -1)), cells[..., URGENT:, :].sum(axis=(-2, -1))
    return np.asarray(np.divide(2 * found, said + true, out=np.zeros_like(found), where=said + true > 0))
