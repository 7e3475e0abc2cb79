"""Posts with what each set says of them: a label, or nothing, for every task of the deep model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

SENTIMENTS = ("negative", "neutral", "positive")
EMOTIONS = ("anger", "joy", "sadness", "fear", "surprise", "disgust", "optimism", "gratitude", "neutral")
INTENTS = (
    "help",
    "inquiry",
    "complaint",
    "suggestion",
    "praise",
    "thanks",
    "purchase",
    "leaving",
    "comparison",
)
LEVELS = ("0", "1", "2", "3")
REASONS = ("safety", "money", "deadline", "anger", "reach", "contacted")
FLAGS = ("promotional", "spam", "sarcasm", "offensive", "disclosed")
# One of several against any number of several.
CHOICES = {"sentiment": SENTIMENTS, "emotion": EMOTIONS, "urgency": LEVELS}
MARKS = {"intent": INTENTS, "urgency_reasons": REASONS, "flags": FLAGS}
TASKS = {**CHOICES, **MARKS}


@dataclass(frozen=True, slots=True)
class Sample:
    """A text and what is known of it: `chosen` one label a task, `marked` yes or no a label; the rest is unknown.

    `among` says which labels a set's annotators chose from, where that was not all of them.
    """

    text: str
    lang: str
    chosen: dict[str, str] = field(default_factory=dict)
    marked: dict[str, dict[str, bool]] = field(default_factory=dict)
    among: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pool:
    """The samples of one part of one set, and the share of all training posts that is drawn from it."""

    set: str
    split: str
    samples: tuple[Sample, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Targets:
    """The labels of some samples as arrays, one row a sample.

    `chosen` has the label's number (−1: unknown), `allowed` which labels were to choose from, `weight` the balance of
    rare labels, `marked` 1, 0 or NaN (unknown).
    """

    chosen: dict[str, npt.NDArray[np.int64]]
    allowed: dict[str, npt.NDArray[np.bool_]]
    weight: dict[str, npt.NDArray[np.float32]]
    marked: dict[str, npt.NDArray[np.float32]]

    def rows(self, at: Sequence[int] | npt.NDArray[np.int64]) -> Targets:
        """Some rows, in the order asked for."""
        return Targets(*({name: values[at] for name, values in part.items()} for part in self._parts()))

    def _parts(self) -> Iterable[dict[str, npt.NDArray[np.generic]]]:
        return (self.chosen, self.allowed, self.weight, self.marked)  # type: ignore[return-value]


def targets(samples: Sequence[Sample], balance: float = 1.0) -> Targets:
    """The samples' labels; a label's posts weigh (mean frequency / its frequency) ** `balance`, at most 5."""
    chosen, allowed, weight, marked = {}, {}, {}, {}
    for task, labels in CHOICES.items():
        at = np.array([labels.index(s.chosen[task]) if task in s.chosen else -1 for s in samples], np.int64)
        chosen[task] = at
        allowed[task] = np.array([[label in s.among.get(task, labels) for label in labels] for s in samples])
        weight[task] = _balanced(at, len(labels), balance)
    for task, labels in MARKS.items():
        marked[task] = np.array(
            [[float(s.marked.get(task, {}).get(label, np.nan)) for label in labels] for s in samples],
            np.float32,
        )
    return Targets(chosen, allowed, weight, marked)


def _balanced(at: npt.NDArray[np.int64], labels: int, balance: float) -> npt.NDArray[np.float32]:
    counts = np.bincount(at[at >= 0], minlength=labels).astype(np.float64)
    present = counts > 0
    if not present.any():
        return np.zeros(len(at), np.float32)
    share = np.zeros(labels)
    share[present] = np.minimum((counts.sum() / present.sum() / counts[present]) ** balance, 5.0)
    return np.where(at >= 0, share[at], 0).astype(np.float32)
