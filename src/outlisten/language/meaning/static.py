"""The static model: a vector for each piece, and a text's vector is their sum (after model2vec, Tulkens and van Dongen
2024): no network is run, so every post can have one.

The vectors of pieces carry how telling the piece is (smooth inverse frequency, Arora et al. 2017).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from outlisten.language.meaning.model_card import content
from outlisten.language.meaning.tokens import folded_pieces

DIMENSIONS = 256
AT_ONCE = 1_000  # texts: some 30,000 pieces, each a row of floats while they are summed

Floats = npt.NDArray[np.float32]


def vectors(texts: Sequence[str]) -> Floats:
    """One unit vector a text (texts × 256); zeros for a text without a known word. Raises ModelBroken."""
    made = np.zeros((len(texts), DIMENSIONS), np.float32)
    for first in range(0, len(texts), AT_ONCE):
        made[first : first + AT_ONCE] = summed(folded_pieces(texts[first : first + AT_ONCE]), _table())
    return unit(made)


def summed(pieces: list[list[int]], table: Floats) -> Floats:
    """The sum of the pieces' vectors of each text; zeros where there is none."""
    lengths = np.array([len(one) for one in pieces], np.int64)
    flat = np.fromiter((number for one in pieces for number in one), np.int64, int(lengths.sum()))
    made = np.zeros((len(pieces), table.shape[1]), np.float32)
    told = np.flatnonzero(lengths)
    if len(told):
        begins = np.cumsum(lengths[told]) - lengths[told]
        made[told] = np.add.reduceat(table[flat], begins, axis=0)
    return made


def unit(rows: Floats) -> Floats:
    """Each row at length 1; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), np.float32)


@cache
def _table() -> Floats:
    """The vectors of pieces as floats: 34 MB, loaded when first asked for."""
    with np.load(io.BytesIO(content("static.npz"))) as packed:
        return np.asarray(packed["levels"] * packed["scales"].astype(np.float32)[:, None], np.float32)
