"""Learning from 100–200 labelled posts of one deployment: cross-validated, and used only where it helps beyond noise."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt

from outlisten.language.local.regression import Floats, Ints, Regression, balancing, regress
from outlisten.language.local.text_space import TextSpace
from outlisten.language.measures import Interval
from outlisten.language.reliability import Reliability

Bools = npt.NDArray[np.bool_]
FEWEST, EACH = 100, 5
FOLDS, DRAWS = 5, 1000
# How much the weights of the text space may say: chosen anew for each fit, by folds inside the labels it learns from.
PENALTIES = (1.0, 10.0, 100.0)
SPREAD = 3.0  # of the text space's coordinates
PULL = 10.0  # towards the model: as if ten posts had said that it is right
INNER = 4


@dataclass(frozen=True, slots=True)
class LocalReading:
    """What was learned. `decide` weighs all labels alike and chooses the label; `trust` says how sure that is here.

    With `decides` false the model's own label stands and only its probability changes.
    """

    labels: tuple[str, ...]
    trust: Regression
    decide: Regression
    space: TextSpace | None
    decides: bool

    def read(self, chances: Floats, texts: Sequence[str]) -> tuple[Ints, Floats]:
        """(the place of the label, the probability of each label) of posts with a model's chances (posts × labels)."""
        offset, design = _offset(chances), _design(self.space, texts)
        trusted = self.trust.probabilities(offset, design)
        chosen = self.decide.probabilities(offset, design) if self.decides else chances
        return np.argmax(chosen, axis=1), trusted

    def as_json(self) -> dict[str, Any]:
        """The parameters, to be kept."""
        arrays: dict[str, Any] = {"trust_w": self.trust.weights, "trust_b": self.trust.bias, "decide_w": self.decide.weights,
                  "decide_b": self.decide.bias}  # fmt: skip
        if self.space is not None:
            arrays |= {"idf": self.space.idf.astype(np.float16), "centre": self.space.centre,
                       "directions": self.space.directions.astype(np.float16)}  # fmt: skip
        content = BytesIO()
        np.savez_compressed(content, **arrays)
        return {
            "labels": list(self.labels), "decides": self.decides,
            "scales": [self.trust.scale, self.decide.scale],
            "arrays": base64.b64encode(content.getvalue()).decode(),
        }  # fmt: skip

    @staticmethod
    def from_json(kept: Mapping[str, Any]) -> LocalReading:
        """What `as_json` gave."""
        with np.load(BytesIO(base64.b64decode(kept["arrays"])), allow_pickle=False) as arrays:
            found = {name: arrays[name] for name in arrays.files}
        space = None
        if "idf" in found:
            idf, directions = found["idf"].astype(np.float32), found["directions"].astype(np.float32)
            space = TextSpace(idf, directions, found["centre"])
        trust, decide = kept["scales"]
        return LocalReading(
            tuple(kept["labels"]),
            Regression(trust, found["trust_w"], found["trust_b"]),
            Regression(decide, found["decide_w"], found["decide_b"]),
            space,
            bool(kept["decides"]),
        )


@dataclass(frozen=True, slots=True)
class Fit:
    """What was learned and what it is worth, on labels that each fold had not seen.

    `gain` is how much the log loss falls a post, `recall_gain` how much the macro recall rises by the learned labels; both
    with 95 % bootstrap intervals over posts. `before` and `after` are the reliability of the shown label.
    """

    reading: LocalReading
    n: int
    before: Reliability
    after: Reliability
    loss_before: float
    loss_after: float
    gain: Interval
    recall_before: float
    recall_after: float
    recall_gain: Interval

    @property
    def helps(self) -> bool:
        """Whether it is to be used: the probabilities are better beyond noise."""
        return self.gain.low > 0


def fit(
    labels: Sequence[str],
    chances: Floats,
    truth: Ints,
    texts: Sequence[str],
    space: TextSpace | None = None,
    *,
    random: Bools | None = None,
    seed: int = 20,
) -> Fit:
    """Learn from labelled posts: `chances` of the model (posts × labels), `truth` by place of the label.

    `random` marks the posts drawn at random: all teach, only these are measured on and say how frequent labels are.
    Raises ValueError below 100 random posts, or with fewer than five of a label among all.
    """
    drawn = np.ones(len(truth), np.bool_) if random is None else np.asarray(random, np.bool_)
    counts = np.bincount(truth, minlength=len(labels))
    if drawn.sum() < FEWEST or counts.min() < EACH:
        raise ValueError(f"{FEWEST} random labels and {EACH} of each label are needed")
    offset, design = _offset(chances), _design(space, texts)
    folds = _folds(truth, texts, seed)
    trusted, balanced = np.zeros_like(offset), np.zeros_like(offset)
    for fold in range(FOLDS):
        seen, held = folds != fold, folds == fold
        if held.any():
            trust, decide = _pair(offset[seen], design[seen], truth[seen], drawn[seen])
            trusted[held] = trust.probabilities(offset[held], design[held])
            balanced[held] = decide.probabilities(offset[held], design[held])
    own, learned, t = chances.argmax(1)[drawn], balanced.argmax(1)[drawn], truth[drawn]
    recall = _recall_gain(t, own, learned, len(labels), seed)
    decides = recall.low > 0
    shown = learned if decides else own
    rows = np.arange(len(t))
    losses = [-np.log(np.maximum(table[drawn][rows, t], 1e-9)) for table in (chances, trusted)]
    trust, decide = _pair(offset, design, truth, drawn)
    return Fit(
        LocalReading(tuple(labels), trust, decide, space, decides),
        int(drawn.sum()),
        Reliability.of(own == t, chances[drawn][rows, own]),
        Reliability.of(shown == t, trusted[drawn][rows, shown]),
        float(losses[0].mean()),
        float(losses[1].mean()),
        _mean_gain(losses[0] - losses[1], seed),
        macro_recall_of(t, own, len(labels)),
        macro_recall_of(t, learned, len(labels)),
        recall,
    )


def macro_recall_of(truth: Ints, said: Ints, labels: int) -> float:
    """Mean recall over the labels that occur."""
    found = [
        float((said[truth == label] == label).mean()) for label in range(labels) if (truth == label).any()
    ]
    return float(np.mean(found))


def _pair(offset: Floats, design: Floats, truth: Ints, drawn: Bools) -> tuple[Regression, Regression]:
    """(probabilities as frequent as they are here, which only random posts can tell; all labels alike)."""
    labels = offset.shape[1]
    decide = _regress(offset, design, truth, balancing(truth, labels))
    trust = _regress(offset[drawn], design[drawn], truth[drawn], np.ones(int(drawn.sum())))
    return trust, decide


def _regress(offset: Floats, design: Floats, truth: Ints, weights: Floats) -> Regression:
    """With the penalty that does best on held-out parts of these same posts."""
    if design.shape[1] == 0:
        return regress(offset, design, truth, weights, PENALTIES[-1], PULL)
    folds = np.arange(len(truth)) % INNER
    losses = dict.fromkeys(PENALTIES, 0.0)
    for penalty in PENALTIES:
        for fold in range(INNER):
            seen, held = folds != fold, folds == fold
            made = regress(offset[seen], design[seen], truth[seen], weights[seen], penalty, PULL)
            chances = made.probabilities(offset[held], design[held])[np.arange(held.sum()), truth[held]]
            losses[penalty] -= float((weights[held] * np.log(np.maximum(chances, 1e-9))).sum())
    best = min(PENALTIES, key=losses.__getitem__)
    return regress(offset, design, truth, weights, best, PULL)


def _offset(chances: Floats) -> Floats:
    logs = np.log(np.maximum(np.asarray(chances, np.float64), 1e-6))
    return np.asarray(logs - logs.mean(axis=1, keepdims=True))


def _design(space: TextSpace | None, texts: Sequence[str]) -> Floats:
    if space is None:
        return np.zeros((len(texts), 0))
    return np.asarray(space.places(texts), np.float64) * SPREAD


def _folds(truth: Ints, texts: Sequence[str], seed: int) -> Ints:
    """A fold for each post: labels spread evenly, equal texts in one fold."""
    rng = np.random.default_rng(seed)
    folds = np.zeros(len(truth), np.int64)
    for label in np.unique(truth):
        rows = rng.permutation(np.flatnonzero(truth == label))
        folds[rows] = np.arange(len(rows)) % FOLDS
    first: dict[str, int] = {}
    for row, text in enumerate(texts):
        folds[row] = folds[first.setdefault(text, row)]
    return folds


def _mean_gain(gains: Floats, seed: int) -> Interval:
    drawn = np.random.default_rng(seed).integers(0, len(gains), (DRAWS, len(gains)))
    low, high = np.percentile(gains[drawn].mean(axis=1), (2.5, 97.5))
    return Interval(float(gains.mean()), float(low), float(high))


def _recall_gain(truth: Ints, own: Ints, learned: Ints, labels: int, seed: int) -> Interval:
    """How much the macro recall rises, by a bootstrap that keeps the number of posts of each label."""
    rng = np.random.default_rng(seed)
    gains, value = np.zeros(DRAWS), 0.0
    present = [label for label in range(labels) if (truth == label).any()]
    for label in present:
        rows = truth == label
        gap = (learned[rows] == label).astype(np.float64) - (own[rows] == label)
        value += gap.mean() / len(present)
        gains += gap[rng.integers(0, len(gap), (DRAWS, len(gap)))].mean(axis=1) / len(present)
    low, high = np.percentile(gains, (2.5, 97.5))
    return Interval(float(value), float(low), float(high))
