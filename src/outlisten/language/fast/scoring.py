"""The chance of every label of every task, for the posts of the languages that are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from outlisten.language.card import model_card, weights
from outlisten.language.fast import cues
from outlisten.language.fast.heads import Heads, Table, unpack
from outlisten.language.fast.tasks import TASKS
from outlisten.language.normalisation import READ_LIMIT, Folded, fold
from outlisten.language.scripts import ScriptCounts, count_scripts
from outlisten.query.folding import SIMPLIFIED

LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Scores:
    """What the heads of one task say: calibrated chances, posts × labels; NaN for a post that was not read."""

    labels: tuple[str, ...]
    values: Table


def scores(texts: Sequence[str], langs: Sequence[str | None]) -> dict[str, Scores]:
    """The scores of each task. Raises ValueError when the sequences differ in length, `ModelBroken` for altered files."""
    if len(texts) != len(langs):
        raise ValueError(f"{len(texts)} texts came with {len(langs)} languages.")
    texts = [text[:READ_LIMIT] for text in texts]
    folded = fold(texts)
    return scores_of(texts, folded, langs, count_scripts(folded))


def scores_of(
    texts: Sequence[str], folded: Folded, langs: Sequence[str | None], scripts: ScriptCounts
) -> dict[str, Scores]:
    """The scores of a batch that is folded already; its texts are cut where reading stops.

    A post declared to be in one language but written in the other's script is not read: the heads would answer from
    nothing but digits and punctuation.
    """
    named = np.array([code or "" for code in langs], dtype="U8")
    legible = {"zh": scripts.han > 0, "en": scripts.latin_letters > 0}
    found = {
        task.name: Scores(task.labels, np.full((len(folded), len(task.labels)), np.nan, np.float32))
        for task in TASKS.values()
    }
    for lang in LANGUAGES:
        posts = np.flatnonzero((named == lang) & legible[lang])
        if len(posts):
            phrases = cues.found([texts[post] for post in posts.tolist()])
            chances = heads(lang).chances(as_trained(folded.only(posts), lang), phrases)
            for name, values in chances.items():
                found[name].values[posts] = values
    return found


@cache
def heads(lang: str) -> Heads:
    """The heads of a language, loaded and checked once a process."""
    return unpack(weights(model_card(), f"{lang}.npz"))


def as_trained(folded: Folded, lang: str) -> Folded:
    """The batch as the heads of a language see it: Chinese in simplified characters."""
    if lang != "zh":
        return folded
    simplified = _simplified()
    codes = simplified[np.minimum(folded.codes, len(simplified) - 1)]
    return Folded(np.where(folded.codes < len(simplified), codes, folded.codes), folded.starts, folded.stops)


@cache
def _simplified() -> npt.NDArray[np.uint32]:
    """The simplified form of each code point of the basic plane."""
    table = np.arange(0x10000, dtype=np.uint32)
    for traditional, simple in SIMPLIFIED.items():
        if len(traditional) == len(simple) == 1 and ord(traditional) < len(table):
            table[ord(traditional)] = ord(simple)
    return table
