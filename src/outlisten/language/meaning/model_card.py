"""What the two models of meaning are, what they were made from, how well they do; and their files, checked."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

from outlisten.language.card import ModelBroken

FOLDER = Path(__file__).parents[1] / "models" / "meaning"


@dataclass(frozen=True, slots=True)
class DataSource:
    """A set of texts and what it was used for, with its terms."""

    set: str
    lang: str
    use: str
    texts: int
    terms: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: of which model, on which set, between which bounds in 95 of 100 resamplings; `n` texts."""

    model: str
    set: str
    measure: str
    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class MeaningCard:
    """Everything said about the models; `str(card)` is their name and version, as kept with each vector."""

    id: str
    version: str
    made_from: str
    data: tuple[DataSource, ...]
    figures: tuple[Figure, ...]
    faults: tuple[str, ...]
    files: dict[str, str] = field(repr=False)

    def __str__(self) -> str:
        return f"{self.id}@{self.version}"


@cache
def meaning_card() -> MeaningCard:
    """The card of the models that ship. Raises ModelBroken when it cannot be read."""
    return read_card(FOLDER)


def read_card(folder: Path) -> MeaningCard:
    """The card in a folder of models. Raises ModelBroken when it cannot be read."""
    try:
        written = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelBroken(
            f"The model card in {folder} cannot be read ({error}). Install Outlisten again."
        ) from error
    return MeaningCard(
        written["id"], written["version"], written["made_from"],
        tuple(DataSource(**row) for row in written["data"]), tuple(Figure(**row) for row in written["figures"]),
        tuple(written["faults"]), written["files"],
    )  # fmt: skip


def content(name: str, folder: Path = FOLDER) -> bytes:
    """A file of the models, checked. Raises ModelBroken when it is missing or not the one the card describes."""
    card = meaning_card() if folder == FOLDER else read_card(folder)
    try:
        found = (folder / name).read_bytes()
    except OSError as error:
        raise ModelBroken(
            f"The model file {folder / name} cannot be read ({error}). Install Outlisten again."
        ) from error
    if sha256(found).hexdigest() != card.files[name]:
        raise ModelBroken(
            f"The model file {folder / name} is not the one that {card} describes. Install Outlisten again."
        )
    return found
