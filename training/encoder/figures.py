"""The figures of one part: of the encoder alone, and of both tiers together, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from samples import CHOICES, TASKS, Sample

from outlisten.language.fast.heads import softmax
from outlisten.language.measures import MEASURES, Interval, confusion, measured

Table = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
DRAWS, SEED = 1_000, 20
# Of honest probabilities the best F1 is had from half of that F1 on (Lipton, Elkan and Naryanaswamy 2014).
USUAL_THRESHOLD = 0.35


@dataclass(frozen=True)
class Scored:
    """A part with what the encoder (logits) and the fast heads (probabilities, thresholds) say of each task."""

    name: str
    samples: list[Sample]
    logits: dict[str, Table]
    fast: dict[str, Table]
    fast_thresholds: dict[str, Table]

    def chances(self, task: str, degrees: float, share: float) -> Table:
        """Probabilities at a temperature, averaged with the fast heads' where these read the task."""
        scaled = self.logits[task] / degrees
        own = softmax(scaled) if task in CHOICES else 1 / (1 + np.exp(-scaled))
        if share == 1:
            return own
        mean = share * own + (1 - share) * self.fast[task]
        return np.where(np.isnan(mean), own, mean)

    def only(self, kept: list[int]) -> Scored:
        """Some of the samples."""
        logits, fast = ({task: of[kept] for task, of in part.items()} for part in (self.logits, self.fast))
        return Scored(self.name, [self.samples[at] for at in kept], logits, fast, self.fast_thresholds)

    def known(self, task: str) -> list[int]:
        """Which samples have a label of the task."""
        return [
            at
            for at, sample in enumerate(self.samples)
            if task in (sample.chosen if task in CHOICES else sample.marked)
        ]

    def choices(self, task: str, degrees: float, share: float) -> tuple[list[str], list[str]]:
        """True and read labels, the latter among those that the set's annotators chose from."""
        chances, labels = self.chances(task, degrees, share), CHOICES[task]
        truth, said = [], []
        for at in self.known(task):
            among = self.samples[at].among.get(task, labels)
            truth.append(self.samples[at].chosen[task])
            said.append(max(among, key=lambda label: chances[at, labels.index(label)]))
        return truth, said

    def choice_value(self, task: str, measure: str, degrees: float, share: float) -> float:
        """A measure of a task of one label."""
        return self.choice_interval(task, measure, degrees, share, 1).value

    def choice_interval(
        self, task: str, measure: str, degrees: float, share: float, draws: int = DRAWS
    ) -> Interval:
        """The same with its interval, over the labels that occur."""
        truth, said = self.choices(task, degrees, share)
        labels = [label for label in CHOICES[task] if label in truth]
        return measured(confusion(truth, said, labels), MEASURES[measure], draws=draws)

    def truths(self, task: str) -> tuple[Bools, Bools]:
        """Of a task of several labels: what is true, and what is known at all."""
        labels = TASKS[task]
        marks = [[sample.marked.get(task, {}).get(label) for label in labels] for sample in self.samples]
        table = np.array([[np.nan if mark is None else float(mark) for mark in row] for row in marks])
        return table == 1, ~np.isnan(table)

    def error(self, task: str, degrees: float, share: float = 1.0) -> float:
        """Mean cross entropy of the task's labels at a temperature and a share."""
        chances = np.clip(self.chances(task, degrees, share), 1e-6, 1 - 1e-6)
        if task in CHOICES:
            known, labels = self.known(task), CHOICES[task]
            total = 0.0
            for at in known:
                among = [labels.index(label) for label in self.samples[at].among.get(task, labels)]
                right = chances[at, labels.index(self.samples[at].chosen[task])]
                total -= float(np.log(right / chances[at, among].sum()))
            return total / len(known)
        true, known_ = self.truths(task)
        errors = -np.where(true, np.log(chances), np.log(1 - chances))
        return float(errors[known_].mean())

    def label_costs(self, task: str, degrees: float, share: float) -> tuple[Table, Table]:
        """Of a task of several labels, each label's cross entropy summed over the posts where it is known, and these
        posts' number.
        """
        chances = np.clip(self.chances(task, degrees, share), 1e-6, 1 - 1e-6)
        true, known = self.truths(task)
        errors = -np.where(true, np.log(chances), np.log(1 - chances))
        return np.where(known, errors, 0).sum(0), known.sum(0)

    def threshold(self, task: str, label: int, degrees: float) -> float:
        """The encoder's own probability of the best F1, drawn half way to USUAL_THRESHOLD: tuning posts are few."""
        true, known = (part[:, label] for part in self.truths(task))
        if true.sum() < 5:
            return USUAL_THRESHOLD
        best = _best(self.chances(task, degrees, 1.0)[known, label], true[known])
        return round((best + USUAL_THRESHOLD) / 2, 3)

    def marks_interval(
        self,
        task: str,
        labels: Sequence[str],
        degrees: float,
        share: float,
        thresholds: dict[str, float],
        draws: int = DRAWS,
    ) -> Interval:
        """Mean F1 over some labels of a task of several labels; posts are drawn again for the interval."""
        at = [TASKS[task].index(label) for label in labels]
        true, known = (part[:, at] for part in self.truths(task))
        own = np.array([thresholds.get(label, 0.5) for label in labels])
        least = share * own + (1 - share) * self.fast_thresholds[task][at]
        said = (self.chances(task, degrees, share)[:, at] >= least) & known
        hits, asked = (true & said & known).astype(np.float64), (true & known).astype(np.float64) + said
        times = np.random.default_rng(SEED).multinomial(
            len(true), np.full(len(true), 1 / len(true)), size=draws
        )
        values = (2 * (times @ hits) / np.maximum(times @ asked, 1)).mean(1)
        value = float((2 * hits.sum(0) / np.maximum(asked.sum(0), 1)).mean())
        return Interval(value, *map(float, np.percentile(values, (2.5, 97.5))))


def _best(chances: Table, true: Bools) -> float:
    order = np.argsort(-chances, kind="stable")
    hits = np.cumsum(true[order])
    at = int((2 * hits / (np.arange(1, len(order) + 1) + max(int(true.sum()), 1))).argmax())
    after = chances[order[at + 1]] if at + 1 < len(order) else 0.0
    return float((chances[order[at]] + after) / 2)


def figure(
    scored: Scored,
    calibration: dict[str, Any],
    name: tuple[str, str, str],
    asked: dict[str, tuple[str, tuple[str, ...]]],
) -> list[dict[str, Any]]:
    """The card's figures of one part: `asked` says of each task the measure, and of several labels which."""
    rows, (set_, split, lang) = [], name
    for task, (measure, labels) in asked.items():
        found = calibration[lang][task]
        posts = len(scored.known(task)) if task in CHOICES else int(scored.truths(task)[1].any(1).sum())
        row = {"task": task, "lang": lang, "set": set_, "split": split, "measure": measure, "posts": posts}
        for shown, share in (("encoder", 1.0), ("both", found["share"])):
            if task in CHOICES:
                value = scored.choice_interval(task, measure, found["temperature"], share)
            else:
                value = scored.marks_interval(task, labels, found["temperature"], share, found["thresholds"])
            row[shown] = [round(number, 4) for number in value]
        rows.append(row)
    return rows
