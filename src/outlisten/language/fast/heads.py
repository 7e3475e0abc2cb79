"""All linear heads of a language on one pass of hashed n-grams: from the text of posts to the chance of each label.

What the named rules find (`outlisten.language.phrases`) adds to the logits: a phrase is sure where n-grams guess.

A post's features are binary, weighted by inverse document frequency and scaled to unit length, so its logits are
Σ weight / √(smoothing + Σ idf²) + bias: one product of a sparse matrix (posts × n-grams) and the table of weights of all
heads. The weights already hold the idf; smoothing keeps one lone word from deciding with the certainty of a whole post;
scale and bias fitted on posts never trained on make the chances mean what they say (Platt 1999, Guo et al. 2017).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import numpy.typing as npt
from scipy import sparse

from outlisten.language.fast.tasks import TASKS, Task
from outlisten.language.features import Grams, Recipe, grams
from outlisten.language.normalisation import Folded

Table = npt.NDArray[np.float32]
# Chances of posts × labels, by task.
Chances = dict[str, Table]


@dataclass(frozen=True, slots=True)
class Heads:
    """Every head of one language.

    `rows` has the row of `table` of each bucket, −1 for an n-gram never seen in training. The last column of `table` is
    idf²; the others are the labels' weights, task after task, calibration included. `cues` are the weights of the kinds of
    phrases that the rules find (kinds × labels). `thresholds`: the chance from which a label of a task with several labels
    is given.
    """

    tasks: tuple[Task, ...]
    recipe: Recipe
    rows: npt.NDArray[np.int32]
    table: Table
    cues: Table
    bias: Table
    smoothing: float
    thresholds: Mapping[str, Table]

    def chances(self, folded: Folded, phrases: Table) -> Chances:
        """The calibrated chance of every label: rows of a task with one label a post sum to 1.

        `phrases` (posts × kinds) is 1 where a rule found a phrase of the kind, as `cues.found` gives it.
        """
        logits = self._logits(grams(folded, self.recipe)) + phrases @ self.cues
        found, at = {}, 0
        for task in self.tasks:
            part = logits[:, at : at + len(task.labels)]
            found[task.name] = softmax(part) if task.exclusive else sigmoid(part)
            at += len(task.labels)
        return found

    def _logits(self, found: Grams) -> Table:
        rows = self.rows[found.buckets]
        known = rows >= 0
        starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(known)))[found.starts]
        rows = rows[known]
        shape = (len(starts) - 1, len(self.table))
        counts = sparse.csr_matrix((np.ones(len(rows), np.float32), rows, starts), shape)
        sums = counts @ self.table
        length = np.sqrt(sums[:, -1:] + np.float32(self.smoothing))
        return np.asarray(sums[:, :-1] / length + self.bias, np.float32)


def softmax(logits: Table) -> Table:
    """Chances of each row, together 1."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def sigmoid(logits: Table) -> Table:
    """The chance of each label by itself."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float32)


def pack(heads: Heads, weights: Table, idf: Table, scale: Table) -> bytes:
    """The heads as a file: weights before calibration in 8 bits, idf in 16; `scale` is each label's."""
    step = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    content = BytesIO()
    np.savez_compressed(
        content,
        tasks=np.array([task.name for task in heads.tasks]),
        recipe=np.array([heads.recipe.bits]),
        characters=np.array(heads.recipe.characters, np.int64),
        words=np.array(heads.recipe.words, np.int64),
        kept=np.packbits(heads.rows >= 0),
        weights=np.rint(weights / step).astype(np.int8),
        step=(step * scale).astype(np.float32),
        cues=(heads.cues * scale).astype(np.float32),
        idf=idf.astype(np.float16),
        bias=heads.bias.astype(np.float32),
        smoothing=np.float32(heads.smoothing),
        thresholds=np.concatenate([heads.thresholds[task.name] for task in _several(heads.tasks)]),
    )
    return content.getvalue()


def unpack(content: bytes) -> Heads:
    """The heads from their file. The file holds arrays only: nothing in it can run."""
    with np.load(BytesIO(content), allow_pickle=False) as arrays:
        recipe = Recipe(
            int(arrays["recipe"][0]), tuple(arrays["characters"].tolist()), tuple(arrays["words"].tolist())
        )
        kept = np.unpackbits(arrays["kept"])[: recipe.buckets].astype(np.bool_)
        rows = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
        idf = arrays["idf"].astype(np.float32)[:, None]
        table = np.hstack((arrays["weights"] * arrays["step"] * idf, idf * idf)).astype(np.float32)
        tasks = tuple(TASKS[name] for name in arrays["tasks"].tolist())
        bounds = np.cumsum([len(task.labels) for task in _several(tasks)])[:-1]
        parts = np.split(arrays["thresholds"], bounds)
        thresholds = {task.name: part for task, part in zip(_several(tasks), parts, strict=True)}
        smoothing = float(arrays["smoothing"])
        return Heads(tasks, recipe, rows, table, arrays["cues"], arrays["bias"], smoothing, thresholds)


def _several(tasks: tuple[Task, ...]) -> list[Task]:
    return [task for task in tasks if not task.exclusive]
