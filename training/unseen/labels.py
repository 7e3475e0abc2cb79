"""What a reader saw in each unseen post: two labellers' tables, and what the product's tiers read."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa

from outlisten.language import read

SENTIMENTS = ("negative", "neutral", "positive")
INTENTS = (
    "help", "inquiry", "complaint", "suggestion", "praise", "thanks", "purchase", "leaving", "comparison",
)  # fmt: skip
EMOTIONS = ("anger", "joy", "sadness", "fear", "surprise", "disgust", "optimism", "gratitude", "neutral")
# The flags that a model reads too; the guidelines' litotes and slang only explain a sentiment.
FLAGS = ("promotional", "spam", "disclosed", "sarcasm", "offensive")
_CODES = {"neg": "negative", "neu": "neutral", "pos": "positive", "promo": "promotional"}


@dataclass(frozen=True, slots=True)
class Labels:
    """What one reader saw in a post; None is not read. Urgency runs from 0 (nothing waits) to 3 (at once)."""

    sentiment: str | None
    intents: frozenset[str] | None
    urgency: int | None
    flags: frozenset[str] | None
    emotion: str | None


def labelled(path: Path) -> dict[str, Labels]:
    """A labeller's table by post, in the codes of `training/written/GUIDELINES.md`.

    Columns id, sentiment, intents, urgency, flags, emotion, without a header. Raises ValueError for labels the
    guidelines do not have.
    """
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {row[0]: _labels(row) for row in rows}


def _labels(row: list[str]) -> Labels:
    _, sentiment, intents, urgency, flags, emotion = row
    found = Labels(_CODES.get(sentiment), _several(intents), int(urgency[0]), _several(flags), emotion)
    if (
        found.sentiment not in SENTIMENTS or emotion not in EMOTIONS or found.urgency not in range(4)
        or not (found.intents or set()) <= set(INTENTS)
        or not (found.flags or set()) <= {*FLAGS, "litotes", "slang"}
    ):  # fmt: skip
        raise ValueError(f"{row[0]} has labels that the guidelines do not have: {row[1:]}.")
    return found


def _several(said: str) -> frozenset[str]:
    return frozenset() if said == "-" else frozenset(_CODES.get(name, name) for name in said.split(","))


def tiers(texts: dict[str, str]) -> dict[str, tuple[dict[str, Labels], str]]:
    """What each installed tier reads in the posts, and its model's name. No language is declared, as in life."""
    found = {"fast": _read(texts, read(list(texts.values())))}
    if find_spec("outlisten.language.deep"):
        deep = import_module("outlisten.language.deep")
        if deep.available():
            nothing: Sequence[None] = [None] * len(texts)
            found["deep"] = _read(texts, deep.read_deep(list(texts.values()), nothing, nothing))
    return found


def _read(texts: dict[str, str], table: pa.Table) -> tuple[dict[str, Labels], str]:
    rows = table.to_pylist()
    return {post: _of_model(row) for post, row in zip(texts, rows, strict=True)}, rows[0]["model"]


def _of_model(row: dict[str, object]) -> Labels:
    """A row of `reading.SCHEMA`."""
    intents, urgency, flags = row["intent"], row["urgency"], row.get("flags")
    assert intents is None or isinstance(intents, list)
    assert urgency is None or isinstance(urgency, float)
    assert flags is None or isinstance(flags, list)
    sentiment, emotion = row["sentiment"], row["emotion"]
    return Labels(
        None if sentiment is None else str(sentiment),
        None if intents is None else frozenset(intents),
        None if urgency is None else round(urgency * 3),
        None if flags is None else frozenset(flags),
        None if emotion is None else str(emotion),
    )
