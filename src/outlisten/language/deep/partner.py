"""The fast heads' probabilities, with which the encoder's are averaged."""

from __future__ import annotations

from collections.abc import Sequence

from outlisten.language.deep.card import deep_card
from outlisten.language.deep.encoding import Table
from outlisten.language.fast import scores


def fast_scores(texts: Sequence[str], langs: Sequence[str | None]) -> dict[str, Table]:
    """Of each task that both tiers read, the probability of each label (posts × labels, in the encoder's order); NaN where
    not read.
    """
    tasks, found = deep_card().tasks, scores(texts, langs)
    return {
        task: one.values[:, [one.labels.index(label) for label in tasks[task]]]
        for task, one in found.items()
        if task in tasks
    }
