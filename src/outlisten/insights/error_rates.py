"""Which error rates correct the tone of a language: from local labels where there are enough, else public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from outlisten.insights.adjusted_count import ErrorRates, Matrix
from outlisten.language import ModelCard

CLASSES = ("negative", "neutral", "positive")
ENOUGH_LABELS = 100
EACH_CLASS = 5  # with fewer labels of a class its error rates are a guess


@dataclass(frozen=True, slots=True)
class LocalLabels:
    """Posts drawn at random here and labelled by people: columns `lang`, `label`, and `read` by the model.

    Only random posts: labels that people chose to correct would make the model look worse than it is.
    """

    table: pa.Table

    def confusion(self, lang: str) -> Matrix | None:
        """The counts for a language, None below 100 labels or with fewer than five of a class."""
        rows = self.table.filter(pc.equal(self.table["lang"], lang))
        counts = np.zeros((len(CLASSES), len(CLASSES)))
        for label, read in zip(rows["label"].to_pylist(), rows["read"].to_pylist(), strict=True):
            if label in CLASSES and read in CLASSES:
                counts[CLASSES.index(label), CLASSES.index(read)] += 1
        enough = counts.sum() >= ENOUGH_LABELS and counts.sum(axis=1).min() >= EACH_CLASS
        return counts if enough else None


def error_rates(
    languages: list[str], card: ModelCard, labels: LocalLabels | None
) -> Mapping[str, ErrorRates]:
    """The usable error rates of each language; a language without any is left out."""
    found = {lang: _of_language(lang, card, labels) for lang in languages}
    return {lang: rates for lang, rates in found.items() if rates is not None and rates.usable}


def _of_language(lang: str, card: ModelCard, labels: LocalLabels | None) -> ErrorRates | None:
    local = labels.confusion(lang) if labels else None
    if local is not None:
        return ErrorRates(local, "local")
    return ErrorRates(_public(lang, card), "public") if lang in card.rates_from else None


def _public(lang: str, card: ModelCard) -> Matrix:
    """The counts of the held-out public posts from which the card takes a language's error rates."""
    name, _, split = card.rates_from[lang].partition(" ")
    confusion = card.evaluation(lang, name, split).confusion
    order = [confusion.labels.index(name) for name in CLASSES]
    return confusion.cells[np.ix_(order, order)].astype(float)
