"""The figures of the card: each part that was not trained on, read by the packed heads exactly as they ship."""

from __future__ import annotations

from typing import Any

import numpy as np
from heads.labelled import Labelled, Mask

from outlisten.language.fast import cues
from outlisten.language.fast.heads import Heads, Table
from outlisten.language.fast.scoring import as_trained
from outlisten.language.fast.tasks import TASKS
from outlisten.language.measures import MEASURES, Interval, calibration_error, confusion, measured
from outlisten.language.normalisation import READ_LIMIT, fold

BATCH = 2_000


def chances(heads: Heads, task: str, part: Labelled) -> Table:
    """The chances that the heads give the labels of a task: texts × labels."""
    found = []
    for at in range(0, len(part), BATCH):
        texts = part.texts[at : at + BATCH]
        phrases = cues.found([text[:READ_LIMIT] for text in texts])
        found.append(heads.chances(as_trained(fold(texts), part.lang), phrases)[task])
    return np.vstack(found)


def evaluation(heads: Heads, task: str, part: Labelled) -> dict[str, Any]:
    """The figures of one part."""
    found = chances(heads, task, part)
    figures = _of_one(found, task, part) if TASKS[task].exclusive else _of_each(found, heads, task, part)
    return {"task": task, "set": part.set, "split": part.split, "lang": part.lang, **figures}


def _of_one(found: Table, task: str, part: Labelled) -> dict[str, Any]:
    """Where a set asks for some labels only, the strongest of these is the answer."""
    asked = part.asked.any(axis=0)
    labels = [label for label, yes in zip(part.labels, asked.tolist(), strict=True) if yes]
    some = found[:, asked] / found[:, asked].sum(axis=1, keepdims=True)
    truth = [labels[at] for at in part.truth[:, asked].argmax(axis=1).tolist()]
    said = [labels[at] for at in some.argmax(axis=1).tolist()]
    counts = confusion(truth, said, labels)
    right = [a == b for a, b in zip(truth, said, strict=True)]
    known = counts.cells.sum(axis=1) > 0
    measures = {
        name: measured(counts, MEASURES[name]) for name in (MEASURES if known.all() else ["accuracy"])
    }
    if known.sum() == 2 < len(known):
        measures["accuracy_of_two"] = _between_two(some, truth, labels, known)
    return {
        "labels": labels,
        "confusion": np.column_stack((counts.cells, counts.unread)).tolist(),
        "measures": {name: _rounded(value) for name, value in measures.items()},
        "calibration_error": round(calibration_error(right, some.max(axis=1).tolist()), 4),
    }


def _between_two(found: Table, truth: list[str], labels: list[str], known: Mask) -> Interval:
    """Accuracy where the answer is one of the two labels that the set knows, as models of these two are measured."""
    two = [label for label, yes in zip(labels, known.tolist(), strict=True) if yes]
    said = [two[at] for at in found[:, known].argmax(axis=1).tolist()]
    return measured(confusion(truth, said, two), MEASURES["accuracy"])


def _of_each(found: Table, heads: Heads, task: str, part: Labelled) -> dict[str, Any]:
    """Each label by itself: a confusion of two, and the mean of their F1."""
    each = []
    for at, label in enumerate(part.labels):
        asked = part.asked[:, at]
        having, chance = part.truth[asked, at], found[asked, at]
        if having.any():
            said = chance >= heads.thresholds[task][at]
            cells = [[int((having & said).sum()), int((having & ~said).sum())],
                     [int((~having & said).sum()), int((~having & ~said).sum())]]  # fmt: skip
            error = calibration_error(having.tolist(), chance.tolist())
            each.append({"label": label, "cells": cells, "calibration_error": round(error, 4)})
    return {"each": each}


def _rounded(values: Any) -> list[float]:
    return [round(value, 4) for value in values]
