"""The written examples as they are used: text, labels, what they come to, and which third is sealed."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
FOLDER = Path(__file__).parent
LANGUAGES = ("zh", "en")
INTENTS = (
    "help", "inquiry", "complaint", "suggestion", "praise", "thanks", "purchase", "leaving", "comparison",
)  # fmt: skip
FLAGS = ("promo", "spam", "disclosed", "sarcasm", "offensive", "litotes", "slang")
REASONS = {"s": "safety", "m": "money", "d": "deadline", "a": "anger", "r": "reach", "c": "repeated contact"}


@dataclass(frozen=True, slots=True)
class Labels:
    """What one reader saw in a text; `urgency` from 0 (nothing waits) to 3 (at once)."""

    sentiment: str
    intents: frozenset[str]
    urgency: int
    reasons: frozenset[str]
    flags: frozenset[str]
    emotion: str
    targets: dict[str, str]


@dataclass(frozen=True, slots=True)
class Example:
    """A written text with its first and its second labels, and a third reader's where those differ."""

    id: str
    lang: str
    text: str
    first: Labels
    second: Labels
    third: Labels | None

    @property
    def settled(self) -> Labels:
        """What two of three readers say. Where all three differ, what the third says, who knew of the settled doubts."""
        readers = [self.first, self.second, *([self.third] if self.third else [])]
        return Labels(
            _most([said.sentiment for said in readers]),
            _by_two([said.intents for said in readers]),
            _most([said.urgency for said in readers]),
            _by_two([said.reasons for said in readers]),
            _by_two([said.flags for said in readers]),
            _most([said.emotion for said in readers]),
            readers[-1].targets,
        )

    @property
    def sealed(self) -> bool:
        """Whether it belongs to the third that no training and no tuning may see. (The plan mixed the classes.)"""
        return int(self.id[2:]) % 3 == 0


def examples(lang: str) -> Iterator[Example]:
    """Every written example of a language, in the order of the plan."""
    second, third = (
        {row[0]: labels(row[1:]) for row in _rows(FOLDER / f"{lang}.{reader}.tsv")}
        for reader in ("second", "third")
    )
    for identifier, text, *first in _rows(FOLDER / f"{lang}.tsv"):
        yield Example(identifier, lang, text, labels(first), second[identifier], third.get(identifier))


def later_texts(lang: str) -> Iterator[tuple[str, Labels]]:
    """The texts of the second edition with what their writer says of them: for training alone."""
    for _, text, *first in _rows(FOLDER / f"{lang}.later.tsv"):
        yield text, labels(first)


def tuning_texts(lang: str) -> Iterator[tuple[str, Labels]]:
    """Texts with the labels of their writer that choose thresholds and temperatures: no model learns from them."""
    for _, text, *first in _rows(FOLDER / f"{lang}.tuning.tsv"):
        yield text, labels(first)


def labels(columns: list[str]) -> Labels:
    """The labels of a line, as the guidelines write them. Raises ValueError for a line of another form."""
    sentiment, intents, urgency, flags, emotion, targets = columns
    return Labels(
        {"neg": "negative", "neu": "neutral", "pos": "positive"}[sentiment],
        _several(intents), int(urgency[0]), frozenset(urgency[1:]), _several(flags), emotion,
        dict(pair.rsplit("=", 1) for pair in targets.split(";")) if targets != "-" else {},
    )  # fmt: skip


def _most(said: list[T]) -> T:
    """What most readers say; the last one's word where none has a second behind it."""
    value, times = Counter(said).most_common(1)[0]
    return value if times > 1 else said[-1]


def _by_two(said: list[frozenset[str]]) -> frozenset[str]:
    """What at least two readers see."""
    seen = Counter(name for names in said for name in names)
    return frozenset(name for name, times in seen.items() if times > 1)


def _several(said: str) -> frozenset[str]:
    return frozenset() if said == "-" else frozenset(said.split(","))


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
