"""Sentiment among the heads: its sets as the other tasks have theirs, and its own fit."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
from exchanged_names import other_names
from heads.labelled import Labelled
from heads.sets import TaskSets, read_here, written
from heads.training import Fitted
from linear import Floats, rows_of
from sentiment_data import NAMES, Part, texts
from sentiment_fit import fitted
from sentiment_sets import Sets, chinese, english
from settings import ITERATIONS, load

from outlisten.language.phrases import KINDS

LABELS = tuple(NAMES)
OF_LANGUAGE = {"en": english, "zh": chinese}


def sentiment_sets_of(lang: str, data: Path) -> Sets:
    """The collected sets, and what was written or labelled here among those that train."""
    found = OF_LANGUAGE[lang](data)
    ours = [written(lang, "sentiment")[0], *read_here(lang, "sentiment", data)[0]]
    roles = ["collected" if train.set == "collected" else "written" for train in ours]
    train = [*found.train, *zip(map(_part, ours), roles, strict=True)]
    return replace(found, train=[*train, *((_under_other_names(part), role) for part, role in train)])


def _under_other_names(part: Part) -> Part:
    """Its posts that name somebody or something known, once more with other names (see `exchanged_names`)."""
    chance = random.Random(1)
    renamed = ((text, other_names(text, part.lang, chance), label) for text, label in part.rows)
    rows = tuple((other, label) for text, other, label in renamed if other != text)
    return replace(part, split=f"{part.split}, names exchanged", rows=rows)


def _part(train: Labelled) -> Part:
    labels = train.truth.argmax(axis=1).tolist()
    return Part(train.set, train.split, train.lang, tuple(zip(train.texts, labels, strict=True)))


def sets(lang: str, data: Path) -> TaskSets:
    """What sentiment is trained, tuned and tested on, in the form of the other tasks.

    It is calibrated on collected posts alone: most posts are like these. No set overlaps with the written examples.
    """
    found, settings = sentiment_sets_of(lang, data), load()[0][lang]
    tests = [as_labelled(part) for part in found.test]
    sealed = written(lang, "sentiment")[2]
    return TaskSets(
        [as_labelled(part).weighing(settings.weights[role]) for part, role in found.train],
        [as_labelled(found.tune)],
        [sealed, *tests],
    )


def as_labelled(part: Part) -> Labelled:
    """A part of the sentiment sets in the form of the other tasks. Where a set knows no neutral, all three are asked
    all the same: the figure is that of the answer given.
    """
    truth = np.zeros((len(part.rows), len(LABELS)), np.bool_)
    truth[np.arange(len(part.rows)), [label for _, label in part.rows]] = True
    asked = np.ones_like(truth)
    return Labelled(part.set, part.split, part.lang, LABELS, tuple(texts(part)), truth, asked)


def trained(lang: str, data: Path) -> tuple[Fitted, Floats]:
    """The fit with the settings chosen, and the idf that all heads of the language share."""
    settings = load()[0][lang]
    model = fitted(rows_of(sentiment_sets_of(lang, data), settings.recipe), settings, ITERATIONS)
    none = np.zeros((len(KINDS), len(LABELS)), np.float32)
    return Fitted(model.weights, none, model.intercept), model.idf
