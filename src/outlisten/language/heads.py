"""Linear heads on hashed n-grams: from the features of a batch to the probability of each label.

A post's features are binary, weighted by inverse document frequency and scaled to unit length, so its logits
are Σ weight / √(smoothing + Σ idf²) + bias. The weights already hold the idf; smoothing keeps one lone word
from deciding with the certainty of a whole post; scale and bias fitted on posts never trained on make the
probabilities mean what they say (Guo et al. 2017).
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import numpy as np
import numpy.typing as npt

from outlisten.language.features import Grams, Recipe

Table = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """One task in one language: what to count, and a table of weights with one row a bucket.

    The last column of `table` is idf²; the others are the labels' weights, calibration included.
    """

    labels: tuple[str, ...]
    recipe: Recipe
    table: Table
    bias: Table
    smoothing: float

    def probabilities(self, grams: Grams) -> Table:
        """One row a post, one column a label; rows sum to 1."""
        sums = _sum_rows(self.table, grams)
        length = np.sqrt(sums[:, -1:] + np.float32(self.smoothing))
        return softmax(sums[:, :-1] / length + self.bias)


def softmax(logits: Table) -> Table:
    """Probabilities of each row."""
    powers: Table = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _sum_rows(table: Table, grams: Grams) -> Table:
    """For each post, the sum of the table's rows at its buckets; zeros for a post without features."""
    posts = len(grams.starts) - 1
    sums = np.zeros((posts, table.shape[1]), np.float32)
    filled = np.flatnonzero(np.diff(grams.starts))
    if len(filled):
        sums[filled] = np.add.reduceat(table[grams.buckets], grams.starts[filled], axis=0)
    return sums


def pack(head: Head, weights: Table, idf: Table, scale: float) -> bytes:
    """The head as a file: weights before calibration in 8 bits, idf in 16; `scale` is 1 / temperature."""
    step = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    content = BytesIO()
    np.savez_compressed(
        content,
        labels=np.array(head.labels),
        recipe=np.array([head.recipe.bits]),
        characters=np.array(head.recipe.characters, np.int64),
        words=np.array(head.recipe.words, np.int64),
        weights=np.rint(weights / step).astype(np.int8),
        step=(step * scale).astype(np.float32),
        idf=idf.astype(np.float16),
        bias=head.bias,
        smoothing=np.float32(head.smoothing),
    )
    return content.getvalue()


def unpack(content: bytes) -> Head:
    """A head from its file. The file holds arrays only: nothing in it can run."""
    with np.load(BytesIO(content), allow_pickle=False) as arrays:
        recipe = Recipe(
            int(arrays["recipe"][0]), tuple(arrays["characters"].tolist()), tuple(arrays["words"].tolist())
        )
        idf = arrays["idf"].astype(np.float32)[:, None]
        table = np.hstack((arrays["weights"] * arrays["step"] * idf, idf * idf))
        return Head(
            tuple(arrays["labels"].tolist()),
            recipe,
            table.astype(np.float32),
            arrays["bias"],
            float(arrays["smoothing"]),
        )
