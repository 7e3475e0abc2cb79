"""The model card: what the shipped model is, what it was trained and tested on, and how it errs.

The card is written by the training script beside the weights and holds their checksums; a reading is only
ever made with weights that match it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from outlisten.language.measures import (
    Confusion,
    Interval,
    Measure,
    Rates,
    f1_scores,
    measured,
    precisions,
    recalls,
)

FOLDER = Path(__file__).parent / "models" / "fast-heads"


class ModelBroken(RuntimeError):
    """A model file is missing or is not the one its card describes."""


@dataclass(frozen=True, slots=True)
class DataUse:
    """One part of one data set and what was done with it: trained, tuned or tested on."""

    set: str
    split: str
    lang: str
    use: str
    posts: int
    terms: str
    note: str = ""
    task: str = "sentiment"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured on one held-out part, of a task with one label a post."""

    set: str
    split: str
    lang: str
    confusion: Confusion
    measures: dict[str, Interval]
    calibration_error: float
    note: str = ""
    task: str = "sentiment"


@dataclass(frozen=True, slots=True)
class LabelEvaluation:
    """What was measured on one held-out part of one label that a post has or has not."""

    task: str
    label: str
    set: str
    split: str
    lang: str
    confusion: Confusion  # of the label against `other`
    calibration_error: float

    @property
    def rates(self) -> Rates:
        """How often the label is given where true and where not."""
        return self.confusion.rates(self.label)

    @property
    def precision(self) -> float:
        """Of the posts given the label, the share that truly has it."""
        return self._first(precisions)

    @property
    def recall(self) -> float:
        """Of the posts that truly have the label, the share given it."""
        return self._first(recalls)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return self._first(f1_scores)

    def interval(self) -> Interval:
        """F1 with its 95 % bootstrap interval."""
        return measured(self.confusion, lambda cells: f1_scores(cells)[..., 0])

    def _first(self, measure: Measure) -> float:
        cells = np.column_stack((self.confusion.cells, self.confusion.unread)).astype(np.float64)
        return float(measure(cells)[0])


@dataclass(frozen=True, slots=True)
class Trial:
    """One value tried of one setting of the fit: its score on development posts, and whether it was taken."""

    lang: str
    setting: str
    value: str
    score: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class ModelCard:
    """Everything said about one model; `str(card)` is its id and version, as kept with each reading.

    `labels` are those of sentiment; `each` has the figures of the tasks in which a post has any number of labels.
    """

    id: str
    version: str
    labels: tuple[str, ...]
    languages: tuple[str, ...]
    data: tuple[DataUse, ...]
    evaluations: tuple[Evaluation, ...]
    rates_from: dict[str, str]
    faults: tuple[str, ...]
    files: dict[str, str] = field(repr=False)
    trials: tuple[Trial, ...] = ()
    each: tuple[LabelEvaluation, ...] = ()

    def __str__(self) -> str:
        return f"{self.id}@{self.version}"

    def evaluation(
        self, lang: str, set: str, split: str | None = None, *, task: str = "sentiment"
    ) -> Evaluation:
        """The figures on one held-out part; KeyError when it was not measured."""
        for found in self.evaluations:
            if (found.task, found.lang, found.set) == (task, lang, set) and split in (None, found.split):
                return found
        raise KeyError(f"{task} {lang} {set} {split or ''}".strip())

    def of_label(self, lang: str, task: str, label: str, set: str = "written") -> LabelEvaluation:
        """The figures of a label that a post has or has not; KeyError when it was not measured."""
        for found in self.each:
            if (found.lang, found.task, found.label, found.set) == (lang, task, label, set):
                return found
        raise KeyError(f"{lang} {task} {label} {set}")

    def rates(self, lang: str, label: str) -> Rates:
        """Error rates of a label for adjusted counts, from held-out public posts; KeyError for a language not
        read.
        """
        set_, _, split = self.rates_from[lang].partition(" ")
        return self.evaluation(lang, set_, split).confusion.rates(label)


@cache
def model_card() -> ModelCard:
    """The card of the model that `read` uses."""
    return load_card(FOLDER)


def load_card(folder: Path) -> ModelCard:
    """The card in a model's folder."""
    try:
        written = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelBroken(
            f"The model card in {folder} cannot be read ({error}). Install Outlisten again."
        ) from error
    return _card(written)


def weights(card: ModelCard, name: str, folder: Path = FOLDER) -> bytes:
    """A weight file of the card, checked; raises ModelBroken when it is missing or altered."""
    path = folder / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelBroken(
            f"The model file {path} cannot be read ({error}). Install Outlisten again."
        ) from error
    if sha256(content).hexdigest() != card.files[name]:
        raise ModelBroken(
            f"The model file {path} is not the one that {card} describes. Install Outlisten again."
        )
    return content


def _card(written: dict[str, Any]) -> ModelCard:
    return ModelCard(
        id=written["id"],
        version=written["version"],
        labels=tuple(written["labels"]),
        languages=tuple(written["languages"]),
        data=tuple(DataUse(**row) for row in written["data"]),
        evaluations=tuple(_evaluation(row) for row in written["evaluations"]),
        rates_from=written["rates_from"],
        faults=tuple(written["faults"]),
        trials=tuple(Trial(**row) for row in written["trials"]),
        files=written["files"],
        each=tuple(_of_label(row) for row in written["each"]),
    )


def _evaluation(row: dict[str, Any]) -> Evaluation:
    cells = np.array(row["confusion"], np.int64)
    measures = {name: Interval(*values) for name, values in row["measures"].items()}
    return Evaluation(
        row["set"],
        row["split"],
        row["lang"],
        Confusion(tuple(row["labels"]), cells[:, :-1], cells[:, -1]),
        measures,
        row["calibration_error"],
        row.get("note", ""),
        row["task"],
    )


def _of_label(row: dict[str, Any]) -> LabelEvaluation:
    cells = np.array(row["cells"], np.int64)
    return LabelEvaluation(
        row["task"],
        row["label"],
        row["set"],
        row["split"],
        row["lang"],
        Confusion((row["label"], "other"), cells, np.zeros(2, np.int64)),
        row["calibration_error"],
    )
