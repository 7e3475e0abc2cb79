"""The fast heads, with which the encoder is averaged: their probabilities."""

from __future__ import annotations

from collections.abc import Sequence

from outlisten.language.deep.encoding import Table
from outlisten.language.fast import scores


def fast_scores(texts: Sequence[str], langs: Sequence[str | None]) -> dict[str, Table]:
    """Of each task the probability of each label (posts × labels); NaN where not read."""
    return {task: found.values for task, found in scores(texts, langs).items()}
