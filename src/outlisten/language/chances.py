"""The probability of every tone of a post, not only of the likeliest: for evaluation and for learning from labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from outlisten.language.card import model_card
from outlisten.language.fast import scores
from outlisten.language.reading import read, whole

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
    toned = np.flatnonzero(np.array(readings["sentiment"].is_valid().to_pylist(), bool))
    for start in range(0, len(toned), AT_ONCE):
        some = toned[start : start + AT_ONCE]
        wholes = [whole(texts[row], titles[row] if titles else None) for row in some]
        table[some] = scores(wholes, langs[some].tolist())["sentiment"].values
    return Chances(labels, table, readings)
