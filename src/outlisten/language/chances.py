"""The probability of every tone of a post, not only of the likeliest: for evaluation and for learning from labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from outlisten.language.card import model_card
from outlisten.language.features import grams
from outlisten.language.normalisation import READ_LIMIT, fold
from outlisten.language.reading import read
from outlisten.language.sentiment import head

Table = npt.NDArray[np.float32]
AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Chances:
    """`table` has one row a post and one column a label; rows sum to 1, or are NaN where the tone was not read.

    `readings` is what `read` says of the same posts.
    """

    labels: tuple[str, ...]
    table: Table
    readings: pa.Table

    @property
    def read(self) -> npt.NDArray[np.bool_]:
        """Which posts have a tone at all."""
        return ~np.isnan(self.table[:, 0])


def sentiment_chances(
    texts: Sequence[str | None],
    titles: Sequence[str | None] | None = None,
    langs_given: Sequence[str | None] | None = None,
) -> Chances:
    """Read each post as `read` does and keep the probability of each tone (posts × labels)."""
    readings = read(texts, titles, langs_given)
    labels = model_card().labels
    table = np.full((len(texts), len(labels)), np.nan, np.float32)
    langs = np.array([lang or "" for lang in readings["lang"].to_pylist()], dtype="U8")
    toned = np.array(readings["sentiment"].is_valid().to_pylist(), bool)
    for lang in model_card().languages:
        rows = np.flatnonzero(toned & (langs == lang))
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            whole = [_whole(texts[row], titles[row] if titles else None) for row in some]
            table[some] = head(lang).probabilities(grams(fold(whole), head(lang).recipe))
    return Chances(labels, table, readings)


def _whole(text: str | None, title: str | None) -> str:
    return (f"{title}\n{text or ''}" if title else text or "")[:READ_LIMIT]
