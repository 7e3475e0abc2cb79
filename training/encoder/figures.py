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
USUAL_THRESHOLD = 0.35  # of labels too rare to choose one for
RARE_LABEL = 5
PRECISE = {"disclosed": 0.95}  # it accuses or clears somebody


@dataclass(frozen=True)
class Scored:
    """A part with what the encoder (logits) and the fast heads (probabilities) say of each task."""

    name: str
    samples: list[Sample]
    logits: dict[str, Table]
    fast: dict[str, Table]

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
        return Scored(self.name, [self.samples[at] for at in kept], logits, fast)

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
        least = np.array([thresholds.get(label, 0.5) for label in labels])
        said = (self.chances(task, degrees, share)[:, at] >= least) & known
        hits, asked = (true & said & known).astype(np.float64), (true & known).astype(np.float64) + said
        times = np.random.default_rng(SEED).multinomial(
            len(true), np.full(len(true), 1 / len(true)), size=draws
        )
        values = (2 * (times @ hits) / np.maximum(times @ asked, 1)).mean(1)
        value = float((2 * hits.sum(0) / np.maximum(asked.sum(0), 1)).mean())
        return Interval(value, *map(float, np.percentile(values, (2.5, 97.5))))


def threshold(parts: Sequence[Scored], task: str, label: int, degrees: float, share: float) -> float:
    """The probability from which on a label is given, chosen on all posts of some parts where the label is known.

    Of honest probabilities the best F1 is had from half of that F1 on (Lipton, Elkan and Naryanaswamy 2014): half way
    between there and the best threshold of these posts, which are few.
    """
    chances, true = [], []
    for part in parts:
        yes, known = (table[:, label] for table in part.truths(task))
        chances.append(part.chances(task, degrees, share)[known, label])
        true.append(yes[known])
    if np.concatenate(true).sum() < RARE_LABEL:
        return USUAL_THRESHOLD
    if sure := PRECISE.get(TASKS[task][label]):
        return round(_precise(np.concatenate(chances), np.concatenate(true), sure), 3)
    best, value = _best(np.concatenate(chances), np.concatenate(true))
    return round((best + value / 2) / 2, 3)


def _precise(chances: Table, true: Bools, sure: float) -> float:
    """The lowest threshold from which on this share of the posts that get the label have it; the best one if there is none."""
    order = np.argsort(-chances, kind="stable")
    precise = np.flatnonzero(np.cumsum(true[order]) >= sure * np.arange(1, len(order) + 1))
    return float(chances[order[precise[-1]]]) if len(precise) else _best(chances, true)[0]


def _best(chances: Table, true: Bools) -> tuple[float, float]:
    """The threshold of the best F1, and that F1."""
    order = np.argsort(-chances, kind="stable")
    hits = np.cumsum(true[order])
    scores = 2 * hits / (np.arange(1, len(order) + 1) + int(true.sum()))
    at = int(scores.argmax())
    after = chances[order[at + 1]] if at + 1 < len(order) else 0.0
    return float((chances[order[at]] + after) / 2), float(scores[at])


def figure(
    scored: Scored,
    calibration: dict[str, Any],
    alone: dict[str, Any],
    name: tuple[str, str, str],
    asked: dict[str, tuple[str, tuple[str, ...]]],
) -> list[dict[str, Any]]:
    """The card's figures of one part: `asked` says of each task the measure, and of several labels which; `alone` has the
    encoder's own thresholds.
    """
    rows, (set_, split, lang) = [], name
    for task, (measure, labels) in asked.items():
        found = calibration[lang][task]
        posts = len(scored.known(task)) if task in CHOICES else int(scored.truths(task)[1].any(1).sum())
        row = {"task": task, "lang": lang, "set": set_, "split": split, "measure": measure, "posts": posts}
        for shown, share, least in (
            ("encoder", 1.0, alone[lang][task]),
            ("both", found["share"], found["thresholds"]),
        ):
            if task in CHOICES:
                value = scored.choice_interval(task, measure, found["temperature"], share)
            else:
                value = scored.marks_interval(task, labels, found["temperature"], share, least)
            row[shown] = [round(number, 4) for number in value]
        rows.append(row)
    return rows
