"""The tone of a post: negative, neutral or positive, with the probability of that label."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from outlisten.language.card import model_card, weights
from outlisten.language.features import grams
from outlisten.language.heads import Head, unpack
from outlisten.language.normalisation import Folded
from outlisten.language.scripts import ScriptCounts

Mask = npt.NDArray[np.bool_]


@cache
def head(lang: str) -> Head:
    """The sentiment head of a language, loaded and checked once a process."""
    return unpack(weights(model_card(), f"{lang}.npz"))


def sentiment(
    folded: Folded, lang: Sequence[str | None], scripts: ScriptCounts
) -> tuple[list[str | None], list[float | None]]:
    """Label and probability of each post, None where the language is not one the model was trained for.

    A post declared to be in one language but written in the other's script is not read: the head would answer
    from nothing but digits and punctuation.
    """
    labels: list[str | None] = [None] * len(folded)
    scores: list[float | None] = [None] * len(folded)
    langs = np.array([code or "" for code in lang], dtype="U8")
    legible = {"zh": scripts.han > 0, "en": scripts.latin_letters > 0}
    for code in model_card().languages:
        posts = np.flatnonzero((langs == code) & legible[code])
        if len(posts):
            _fill(labels, scores, posts, folded, head(code))
    return labels, scores


def _fill(
    labels: list[str | None],
    scores: list[float | None],
    posts: npt.NDArray[np.int64],
    folded: Folded,
    head: Head,
) -> None:
    chances = head.probabilities(grams(folded.only(posts), head.recipe))
    best = chances.argmax(axis=1)
    for post, at, score in zip(posts.tolist(), best.tolist(), chances.max(axis=1).tolist(), strict=True):
        labels[post], scores[post] = head.labels[at], score
