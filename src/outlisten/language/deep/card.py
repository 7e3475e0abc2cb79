"""What the deep model is: its tasks, how its logits become probabilities, its data, its figures and its faults."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from outlisten.language.card import DataUse, ModelBroken
from outlisten.language.measures import Interval

FOLDER = Path(__file__).parents[1] / "models" / "deep-encoder"
ENCODER, TOKENISER = "encoder.onnx", "tokenizer.json"


@dataclass(frozen=True, slots=True)
class Calibration:
    """How one task is read in one language, chosen on tuning posts.

    Logits are divided by `temperature`; `share` is the encoder's part of the mean with the fast heads; a mark applies where
    this mean reaches its label's threshold (tasks of one label: none).
    """

    temperature: float
    share: float
    thresholds: dict[str, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure on one part: of the encoder alone, and as it is used, together with the fast heads."""

    task: str
    lang: str
    set: str
    split: str
    measure: str
    posts: int
    encoder: Interval
    both: Interval


@dataclass(frozen=True, slots=True)
class DeepCard:
    """Everything said about the model; `str(card)` is its id and version, as kept with each reading."""

    id: str
    version: str
    tasks: dict[str, tuple[str, ...]]
    languages: tuple[str, ...]
    calibration: dict[str, dict[str, Calibration]] = field(repr=False)
    training: dict[str, Any]
    data: tuple[DataUse, ...] = field(repr=False)
    figures: tuple[Figure, ...] = field(repr=False)
    faults: tuple[str, ...] = field(repr=False)
    files: dict[str, str] = field(repr=False)

    def __str__(self) -> str:
        return f"{self.id}@{self.version}"

    def figure(self, task: str, lang: str, set: str, split: str) -> Figure:
        """The figure of a part; KeyError when it was not measured."""
        for found in self.figures:
            if (found.task, found.lang, found.set, found.split) == (task, lang, set, split):
                return found
        raise KeyError(f"{task} {lang} {set} {split}")


@cache
def deep_card() -> DeepCard:
    """The card of the model that `read_deep` uses. Raises ModelBroken when it cannot be read."""
    return load_card(FOLDER)


def load_card(folder: Path) -> DeepCard:
    """The card in a model's folder."""
    try:
        written = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelBroken(
            f"The model card in {folder} cannot be read ({error}). Install Outlisten again."
        ) from error
    return DeepCard(
        id=written["id"],
        version=written["version"],
        tasks={task: tuple(labels) for task, labels in written["tasks"].items()},
        languages=tuple(written["languages"]),
        calibration={
            lang: {task: Calibration(**row) for task, row in rows.items()}
            for lang, rows in written["calibration"].items()
        },
        training=written["training"],
        data=tuple(DataUse(**row) for row in written["data"]),
        figures=tuple(_figure(row) for row in written["figures"]),
        faults=tuple(written["faults"]),
        files=written["files"],
    )


def _figure(row: dict[str, Any]) -> Figure:
    return Figure(**{**row, "encoder": Interval(*row["encoder"]), "both": Interval(*row["both"])})
