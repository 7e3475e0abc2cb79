"""Chooses the settings of the fit on development posts: `python training/select_settings.py --data DIR`.

Tests are never scored here. Texts whose hash falls in the upper third train; what they are scored on is the
tuning part and, of the training sets named in MEASURED, the texts in the lower two thirds. Fixed before any
candidate was scored: the candidates, their order (each list starts with the plainest), the criterion (the
mean over MEASURED), one pass, and the margin by which a candidate must beat the plainer one.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

# Before numpy is imported: one thread gives the same sums on every machine.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
import scipy.sparse as sp
from linear import Floats, Rows, calibrate, features, rows_of
from sentiment_data import NAMES, Part, fraction, texts
from sentiment_fit import Fitted, fitted
from sentiment_sets import Sets, chinese, english
from settings import Settings, save

from outlisten.language.card import Trial
from outlisten.language.features import Recipe
from outlisten.language.measures import MEASURES

MARGIN = 0.002
TRAINED = 1 / 3
ITERATIONS = 40

# Set and split → measure. The tuning part is scored with each half calibrated on the other half.
MEASURED = {
    "en": {
        ("tweeteval/sentiment", "val"): "macro_recall",
        ("semeval2017_task4a", "train"): "macro_recall",
    },
    "zh": {
        ("smp2020_ewect", "virus_eval_labeled"): "macro_f1",
        ("smp2020_ewect", "usual_eval_labeled"): "macro_f1",
        ("online_shopping_10_cats", "train"): "accuracy",
    },
}
CANDIDATES: dict[str, dict[str, tuple[Any, ...]]] = {
    "en": {
        "characters": ((2, 3), (2, 3, 4)),
        "word_factor": (1.0, 2.0, 3.0),
        "rated_words": (False, True),
        "other_weight": (1.0, 0.3),
        "smoothing": (500.0, 1500.0),
        "strength": (1.0, 0.5, 2.0),
    },
    "zh": {
        "characters": ((1, 2), (1, 2, 3, 4)),
        "other_weight": (1.0, 0.5),
        "review_weight": (1.0, 0.25),
        "stance_weight": (0.0, 0.1),
        "smoothing": (500.0, 1500.0),
        "strength": (1.0, 0.5, 0.25),
    },
}
# The weight of the written examples is not tried here: the scores are of collected posts alone.
PLAIN = {"en": Settings((2, 3), words=(1, 2), written_weight=3.0), "zh": Settings((1, 2))}


@dataclass(frozen=True, slots=True)
class Development:
    """What is trained, tuned and scored on while choosing: no test text among them."""

    train: Sets
    scored: list[tuple[Part, str]]


def development(sets: Sets, measured: dict[tuple[str, str], str]) -> Development:
    """Training parts cut in two by their texts' hash; the cut never moves a text."""
    train = [(_cut(part, trained=True), role) for part, role in sets.train]
    stance = [(_cut(part, trained=True), role) for part, role in sets.stance]
    held = [_cut(part, trained=False) for part, _ in sets.train]
    scored = [(part, measured[part.set, part.split]) for part in held if (part.set, part.split) in measured]
    return Development(Sets(train, sets.tune, [], stance), scored)


def _cut(part: Part, *, trained: bool) -> Part:
    return replace(part, rows=tuple(row for row in part.rows if (fraction(row[0]) >= 1 - TRAINED) == trained))


class Scorer:
    """Scores settings of one language on its development posts; features are made once a recipe."""

    def __init__(self, found: Development, tune_measure: str) -> None:
        self.found, self.tune_measure = found, tune_measure
        self.rows: Callable[[Recipe], Rows] = cache(lambda recipe: rows_of(found.train, recipe))
        self.features: Callable[[Part, Recipe], sp.csr_matrix] = cache(
            lambda part, recipe: features(texts(part), recipe)
        )

    def score(self, settings: Settings) -> float:
        """The mean measure over the parts scored, from 0 to 1."""
        # The penalty is on a sum over rows: a share of the rows takes the same share of it.
        less = replace(settings, strength=settings.strength * TRAINED)
        return float(np.mean(list(self._measures(fitted(self.rows(settings.recipe), less, ITERATIONS)))))

    def _measures(self, model: Fitted) -> Iterator[float]:
        tune = self.found.train.tune
        logits, labels = self._logits(model, tune), _labels(tune)
        yield _measure(_crosswise(logits, tune), labels, self.tune_measure)
        scale, bias = calibrate(logits, labels)
        for part, measure in self.found.scored:
            yield _measure(self._logits(model, part) * scale + bias, _labels(part), measure)

    def _logits(self, model: Fitted, part: Part) -> Floats:
        return model.logits(self.features(part, model.settings.recipe))


def _crosswise(logits: Floats, part: Part) -> Floats:
    """The logits of each half of a part, calibrated on the other half."""
    labels = _labels(part)
    upper = np.array([fraction(text) >= 0.5 for text, _ in part.rows])
    moved = np.empty_like(logits)
    for half in (upper, ~upper):
        scale, bias = calibrate(logits[~half], labels[~half])
        moved[half] = logits[half] * scale + bias
    return moved


def _labels(part: Part) -> Any:
    return np.array([label for _, label in part.rows])


def _measure(logits: Floats, labels: Any, name: str) -> float:
    cells = np.zeros((len(NAMES), len(NAMES) + 1))
    np.add.at(cells, (labels, logits.argmax(axis=1)), 1)
    return float(MEASURES[name](cells))


def select(lang: str, score: Callable[[Settings], float]) -> tuple[Settings, list[Trial]]:
    """One pass over the settings in order: the best value, if it beats the plainest by the margin."""
    settings, trials = PLAIN[lang], []
    best = score(settings)
    for name, (plain, *others) in CANDIDATES[lang].items():
        scores = {plain: best} | {value: score(replace(settings, **{name: value})) for value in others}
        top = max(scores, key=scores.__getitem__)
        taken = top if scores[top] >= best + MARGIN else plain
        trials += [
            Trial(lang, name, _written(value), round(found, 4), value == taken)
            for value, found in scores.items()
        ]
        print(lang, name, {_written(value): f"{found:.4f}" for value, found in scores.items()}, flush=True)
        settings, best = replace(settings, **{name: taken}), scores[taken]
    return settings, trials


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return f"{min(value)}–{max(value)}"
    return ("yes" if value else "no") if isinstance(value, bool) else f"{value:g}"


def main() -> None:
    """Choose for both languages and write settings.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the reference data folder")
    folder = parser.parse_args().data
    chosen, trials = {}, []
    for lang, sets in (("en", english), ("zh", chinese)):
        found = sets(folder)
        measured = MEASURED[lang]
        scorer = Scorer(development(found, measured), measured[found.tune.set, found.tune.split])
        chosen[lang], tried = select(lang, scorer.score)
        trials += tried
    save(chosen, trials)


if __name__ == "__main__":
    main()
