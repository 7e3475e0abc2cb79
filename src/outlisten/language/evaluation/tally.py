"""Counting answers against the truth, in memory that does not grow with the posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from outlisten.language.evaluation.answering import Answer
from outlisten.language.evaluation.label_names import Labels
from outlisten.language.reliability import Reliability, wilson


@dataclass(slots=True)
class Part:
    """Posts of a kind, and how many of them were read rightly."""

    n: int = 0
    right: int = 0

    def as_json(self) -> dict[str, float | int | None]:
        """The numbers, the share read rightly, and its 95 % Wilson interval; null without posts."""
        low, high = wilson(self.right, self.n) if self.n else (None, None)
        share = self.right / self.n if self.n else None
        return {"n": self.n, "right": share, "low": low, "high": high}


class Tally:
    """How often each truth met each answer. All measures depend on the posts through these counts alone.

    `told` and `untold` are the posts with a chance whose answer a person is shown, and those of which the models lean to
    one without being able to tell.
    """

    def __init__(self) -> None:
        self.pairs: Counter[tuple[Labels, Labels | None]] = Counter()
        self.reliability = Reliability.none()
        self.otherwise: Counter[str] = Counter()
        self.told, self.untold = Part(), Part()

    def add(self, truths: Iterable[Labels], answers: Sequence[Answer]) -> None:
        """Count some posts."""
        right, scores = [], []
        for truth, answer in zip(truths, answers, strict=True):
            self.pairs[truth, answer.labels] += 1
            if answer.labels and answer.own and answer.own != answer.labels[0]:
                self.otherwise[answer.own] += 1
            if answer.labels is not None and answer.score is not None:
                right.append(answer.labels == truth)
                scores.append(answer.score)
                part = self.told if answer.told else self.untold
                part.n, part.right = part.n + 1, part.right + (answer.labels == truth)
        if scores:
            self.reliability += Reliability.of(np.array(right, np.float64), np.array(scores))

    @property
    def n(self) -> int:
        """All posts."""
        return self.pairs.total()

    @property
    def answered(self) -> int:
        """Posts of which the model could tell something."""
        return sum(count for (_, answer), count in self.pairs.items() if answer is not None)
