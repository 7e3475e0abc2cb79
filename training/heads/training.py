"""One task of one language: fitted on its training parts, calibrated and given thresholds on its tuning parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from heads.fitting import best_threshold, calibrate_any, calibrate_one, fit, rows_of
from heads.labelled import Labelled
from heads.sets import TaskSets
from linear import Floats, features, scaled

from outlisten.language.fast import cues
from outlisten.language.fast.tasks import Task
from outlisten.language.features import Recipe
from outlisten.language.phrases import KINDS
from outlisten.query.folding import SIMPLIFIED

ITERATIONS = 60
EVEN = 0.5
# Sentiment is measured by mean recall, emotion by mean F1; levels of urgency are a number, each counts as often as it comes.
EVEN_CALIBRATION = {"sentiment": 1.0, "emotion": 0.5, "urgency": 0.0}
SURE = 0.95  # the precision asked of *disclosed*: it accuses or clears somebody
FALSE_ALARMS = 0.04  # the share of written examples without a flag that may be given it
ENOUGH = 8  # texts with a label, to choose its threshold on
LEAST = 2  # texts of a task's training in which an n-gram stands, to have a weight
CUED = ("intent", "urgency", "urgency_reasons")  # tasks that the rules know something of
CUED_SCALE = np.float32(0.3)  # of a phrase among features of a text of length 1
STRENGTH = {"en": 0.05, "zh": 0.05}
_SIMPLE = str.maketrans({old: new for old, new in SIMPLIFIED.items() if len(old) == len(new) == 1})


@dataclass(frozen=True, slots=True)
class View:
    """How texts of a language become numbers: recipe, idf of each bucket, smoothing."""

    lang: str
    recipe: Recipe
    idf: Floats
    smoothing: float

    def matrix(self, texts: Sequence[str]) -> sp.csr_matrix:
        """One row a text, scaled as the heads scale it."""
        seen = [text.translate(_SIMPLE) for text in texts] if self.lang == "zh" else list(texts)
        return scaled(features(seen, self.recipe), self.idf, self.smoothing)


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights of a task (buckets × labels, kinds of phrases × labels) and the intercept of its first part, before
    calibration.
    """

    weights: Floats
    cues: Floats
    intercept: Floats

    def logits(self, texts: Sequence[str], view: View) -> Floats:
        """One row a text, before calibration."""
        plain = np.asarray(view.matrix(texts) @ self.weights + self.intercept)
        return plain + cues.found(texts) @ self.cues if self.cues.any() else plain


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A fit with what makes its chances honest, and the chance from which a label of several is given."""

    weights: Floats
    cues: Floats
    scale: Floats
    bias: Floats
    thresholds: Floats


def trained(task: Task, sets: TaskSets, view: View) -> Fitted:
    """The heads of a task."""
    whole = [view.matrix(part.texts) for part in sets.train]
    often = np.asarray(sum((matrix > 0).sum(axis=0) for matrix in whole)).ravel()
    kept = np.flatnonzero(often >= LEAST)
    matrices = [matrix[:, kept] for matrix in whole]
    if task.name in CUED:
        matrices = [
            sp.hstack((matrix, CUED_SCALE * sp.csr_matrix(cues.found(part.texts)))).tocsr()
            for matrix, part in zip(matrices, sets.train, strict=True)
        ]
    rows = rows_of(sets.train, matrices, exclusive=task.exclusive, even=EVEN)
    found, intercepts = fit(
        rows, exclusive=task.exclusive, strength=STRENGTH[view.lang], iterations=ITERATIONS
    )
    if task.exclusive:
        found -= found.mean(axis=1, keepdims=True)
    weights = np.zeros((view.recipe.buckets, len(task.labels)), np.float32)
    weights[kept] = found[: len(kept)]
    led = np.zeros((len(KINDS), len(task.labels)), np.float32)
    if task.name in CUED:
        led[:] = CUED_SCALE * found[len(kept) :]
    return Fitted(weights, led, intercepts[0])


def calibrated(task: Task, fitted: Fitted, tune: Sequence[Labelled], view: View) -> Calibrated:
    """The fit calibrated on parts never trained on, as the heads will see them: without the n-grams left out."""
    logits = [fitted.logits(part.texts, view).astype(np.float64) for part in tune]
    together = np.vstack(logits)
    if task.exclusive:
        scale, bias = calibrate_one(together, tune, even=EVEN_CALIBRATION[task.name])
    else:
        scale, bias = calibrate_any(together, tune)
    moved = fitted.intercept * scale + bias
    chances = [1 / (1 + np.exp(-(part * scale + bias))) for part in logits]
    thresholds = np.zeros(0) if task.exclusive else thresholds_of(task, chances, tune)
    return Calibrated(
        fitted.weights,
        fitted.cues,
        *(np.asarray(values, np.float32) for values in (scale, moved, thresholds)),
    )


def thresholds_of(task: Task, chances: Sequence[Floats], tune: Sequence[Labelled]) -> Floats:
    """The chance with the best F1 for each label. Where a handful of texts has it, an even chance will do.

    A flag accuses: it may stand on few of the written examples (the first part) that do not have it, whatever other sets
    would gain.
    """
    together = np.vstack(list(chances))
    levels = np.full(len(task.labels), 0.5)
    for at, label in enumerate(task.labels):
        asked = np.concatenate([part.asked[:, at] for part in tune])
        having = np.concatenate([part.truth[:, at] for part in tune])[asked]
        if having.sum() >= ENOUGH:
            precision = SURE if label == "disclosed" else 0.0
            levels[at] = best_threshold(together[asked, at], having, precision)
        if task.name == "flags":
            without = chances[0][~tune[0].truth[:, at], at]
            levels[at] = max(levels[at], float(np.quantile(without, 1 - FALSE_ALARMS)))
    return levels.astype(np.float32)
