"""The probability of every label of a post, not only of the likeliest: for evaluation and for learning from labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from outlisten.language.card import model_card
from outlisten.language.normalisation import READ_LIMIT, fold
from outlisten.language.reading import read

Table = npt.NDArray[np.float32]
AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Chances:
    """`table` has one row a post and one column a label; NaN where the post was not read.

    `readings` is what `read` says of the same posts.
    """

    labels: tuple[str, ...]
    table: Table
    readings: pa.Table

    @property
    def read(self) -> npt.NDArray[np.bool_]:
        """Which posts have chances at all."""
        return ~np.isnan(self.table[:, 0])


def sentiment_chances(
    texts: Sequence[str | None],
    titles: Sequence[str | None] | None = None,
    langs_given: Sequence[str | None] | None = None,
) -> Chances:
    """Read each post as the fast tier does and keep the probability of each tone (posts × labels, rows sum to 1)."""
    readings = read(texts, titles, langs_given)
    langs = readings["lang"].to_pylist()
    whole = [_whole(text, titles[row] if titles else None) for row, text in enumerate(texts)]
    parts = [
        _table(whole[start : start + AT_ONCE], langs[start : start + AT_ONCE])
        for start in range(0, len(whole), AT_ONCE)
    ]
    labels = model_card().labels
    table = np.concatenate(parts) if parts else np.zeros((0, len(labels)), np.float32)
    return Chances(labels, table, readings)


def _table(whole: list[str], langs: Sequence[str | None]) -> Table:
    """The chances of a batch, from the shared heads where they are installed, else from the sentiment model."""
    labels = model_card().labels
    if find_spec("outlisten.language.fast") is not None:
        found: Any = import_module("outlisten.language.fast").scores(whole, langs)["sentiment"]
        places = [found.labels.index(label) for label in labels]
        return np.asarray(found.values[:, places], np.float32)
    return _from_sentiment_model(whole, langs)


def _from_sentiment_model(whole: list[str], langs: Sequence[str | None]) -> Table:
    from outlisten.language.features import grams
    from outlisten.language.scripts import count_scripts
    from outlisten.language.sentiment import head

    table = np.full((len(whole), len(model_card().labels)), np.nan, np.float32)
    folded = fold(whole)
    scripts = count_scripts(folded)
    named = np.array([lang or "" for lang in langs], dtype="U8")
    legible = {"zh": scripts.han > 0, "en": scripts.latin_letters > 0}
    for lang in model_card().languages:
        rows = np.flatnonzero((named == lang) & legible[lang])
        if len(rows):
            table[rows] = head(lang).probabilities(grams(folded.only(rows), head(lang).recipe))
    return table


def _whole(text: str | None, title: str | None) -> str:
    return (f"{title}\n{text or ''}" if title else text or "")[:READ_LIMIT]
