"""The probability of every label of a post, not only of the likeliest: for evaluation and for learning from labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from outlisten.language import fast
from outlisten.language.reading import read, whole

Table = npt.NDArray[np.float32]
Tier = Literal["fast", "deep"]
AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Chances:
    """`table` has one row a post and one column a label; NaN where the post was not read.

    `readings` is what the fast tier's `read` says of the same posts.
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
    return task_chances("sentiment", texts, titles, langs_given)


def task_chances(
    task: str,
    texts: Sequence[str | None],
    titles: Sequence[str | None] | None = None,
    langs_given: Sequence[str | None] | None = None,
    tier: Tier = "fast",
) -> Chances:
    """The same for any task whose labels exclude each other, by either tier."""
    readings = read(texts, titles, langs_given)
    langs = readings["lang"].to_pylist()
    wholes = [whole(text, titles[row] if titles else None) for row, text in enumerate(texts)]
    of_tier = _fast if tier == "fast" else _deep
    cuts = [slice(start, start + AT_ONCE) for start in range(0, len(wholes), AT_ONCE)]
    labels = fast.TASKS[task].labels
    parts = [of_tier(task, labels, wholes[at], langs[at]) for at in cuts]
    return Chances(
        labels, np.concatenate(parts) if parts else np.zeros((0, len(labels)), np.float32), readings
    )


def _fast(task: str, labels: tuple[str, ...], texts: list[str], langs: Sequence[str | None]) -> Table:
    return fast.scores(texts, langs)[task].values


def _deep(task: str, labels: tuple[str, ...], texts: list[str], langs: Sequence[str | None]) -> Table:
    """The mean of encoder and heads; what the encoder does not read stays as the heads read it."""
    from outlisten.language.deep import deep_card, scores
    from outlisten.language.deep.partner import fast_scores
    from outlisten.language.deep.scoring import averaged

    heads = fast_scores(texts, langs)
    legible = [lang if read else None for lang, read in zip(langs, ~np.isnan(heads[task][:, 0]), strict=True)]
    mean = averaged(scores(texts, legible), heads, legible)[task]
    places = [list(deep_card().tasks[task]).index(label) for label in labels]
    table = np.asarray(mean[:, places], np.float32)
    return np.where(np.isnan(table), heads[task], table)
