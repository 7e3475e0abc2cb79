"""Calibrated probabilities of every task: of the encoder alone, and averaged with the fast heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from outlisten.language.deep.card import deep_card
from outlisten.language.deep.encoding import Table, logits
from outlisten.language.fast import Scores
from outlisten.language.fast.heads import softmax

# Tasks of which exactly one label applies; of the others any number may.
ONE_LABEL = ("sentiment", "emotion", "urgency")


def scores(texts: Sequence[str], langs: Sequence[str | None]) -> dict[str, Scores]:
    """Of each task the calibrated probability of each label, by the encoder alone.

    A post in a language that the card does not name has NaN throughout. Temperatures: Guo et al. 2017.
    """
    card = deep_card()
    read = np.array([lang in card.languages for lang in langs], np.bool_)
    found = {
        task: np.full((len(texts), len(labels)), np.nan, np.float32) for task, labels in card.tasks.items()
    }
    at = np.flatnonzero(read)
    raw = logits([texts[post] for post in at.tolist()])
    for task, place in columns(card.tasks):
        degrees = np.array(
            [card.calibration[langs[post] or ""][task].temperature for post in at.tolist()], np.float32
        )
        scaled = raw[:, place] / degrees[:, None]
        found[task][at] = softmax(scaled) if task in ONE_LABEL else 1 / (1 + np.exp(-scaled))
    return {task: Scores(card.tasks[task], values) for task, values in found.items()}


def columns(tasks: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, slice]]:
    """Where each task's labels stand in a row of logits."""
    start = 0
    for task, labels in tasks.items():
        yield task, slice(start, start + len(labels))
        start += len(labels)


def averaged(
    deep: Mapping[str, Scores], fast: Mapping[str, Table], langs: Sequence[str | None]
) -> dict[str, Table]:
    """The mean of both tiers' probabilities, weighted as the card says for the task and the post's language.

    What one of the two does not read is as the other reads it.
    """
    card, found = deep_card(), {}
    for task, own in deep.items():
        shares = [card.calibration[lang][task].share if lang in card.languages else 0 for lang in langs]
        share = np.array(shares, np.float32)[:, None]
        mean = share * own.values + (1 - share) * fast[task]
        mean = np.where(np.isnan(own.values), fast[task], mean)
        found[task] = np.where(np.isnan(fast[task]), own.values, mean)
    return found


def thresholds(task: str, lang: str) -> Table:
    """From which averaged probability on each label is given."""
    card = deep_card()
    found = card.calibration[lang][task].thresholds
    return np.array([found[label] for label in card.tasks[task]], np.float32)
