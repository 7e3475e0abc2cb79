"""A small space in which posts of one deployment that share words lie near each other, made from unlabelled posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from outlisten.language.features import Recipe, grams
from outlisten.language.normalisation import READ_LIMIT, fold

Floats = npt.NDArray[np.float32]
RECIPE = Recipe(bits=13, characters=(2, 3), words=(1,))
DIMENSIONS, ROUNDS = 24, 3
FEWEST = 300  # posts; with fewer, words are too rare to show what goes together


@dataclass(frozen=True, slots=True)
class TextSpace:
    """`idf` weighs each bucket of n-grams, `directions` (buckets × dimensions) are the main ones of the posts."""

    idf: Floats
    directions: Floats
    centre: Floats

    @staticmethod
    def of(texts: Sequence[str], seed: int = 20) -> TextSpace | None:
        """Latent semantic analysis of hashed n-grams; None for fewer than 300 posts.

        Deerwester et al., JASIS 41 (1990) 391–407; the directions by randomised subspace iteration, Halko, Martinsson and
        Tropp, SIAM Review 53 (2011) 217–288.
        """
        texts = list(dict.fromkeys(texts))
        if len(texts) < FEWEST:
            return None
        counts = _counts(texts)
        posts_with = np.asarray(counts.sum(axis=0)).ravel()
        idf = np.where(posts_with > 0, np.log(len(texts) / np.maximum(posts_with, 1)), 0).astype(np.float32)
        matrix = _weighted(counts, idf)
        rng = np.random.default_rng(seed)
        directions = rng.standard_normal((RECIPE.buckets, DIMENSIONS)).astype(np.float32)
        for _ in range(ROUNDS):
            directions, _r = np.linalg.qr(matrix.T @ (matrix @ directions))
        centre = (matrix @ directions).mean(axis=0)
        return TextSpace(idf, directions.astype(np.float32), centre.astype(np.float32))

    def places(self, texts: Sequence[str]) -> Floats:
        """Where each text lies (texts × dimensions), of unit length; zeros for a text without any feature."""
        found = _weighted(_counts(texts), self.idf) @ self.directions
        found = np.where(np.abs(found).sum(axis=1, keepdims=True) > 0, found - self.centre, 0)
        length = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.maximum(length, 1e-9), np.float32)


def _counts(texts: Sequence[str]) -> csr_array:
    made = grams(fold([text[:READ_LIMIT] for text in texts]), RECIPE)
    ones = np.ones(len(made.buckets), np.float32)
    return csr_array((ones, made.buckets, made.starts), shape=(len(texts), RECIPE.buckets))


def _weighted(counts: csr_array, idf: Floats) -> csr_array:
    """Each bucket by its idf, each post to unit length."""
    weighted = csr_array((idf[counts.indices], counts.indices, counts.indptr), shape=counts.shape)
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    scale = np.repeat(1 / np.maximum(length, 1e-9), np.diff(weighted.indptr)).astype(np.float32)
    return csr_array((weighted.data * scale, weighted.indices, weighted.indptr), shape=weighted.shape)
