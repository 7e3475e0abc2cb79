"""The n-grams of a recipe as strings, so that what stands behind a bucket can be given a meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from outlisten.language.features import Recipe, grams, word_spans
from outlisten.language.normalisation import Folded


def counted(folded: Folded, recipe: Recipe) -> Counter[str]:
    """In how many posts each word, pair of words, or (of a recipe without words) run of characters stands."""
    found: Counter[str] = Counter()
    for post in range(len(folded)):
        codes = folded.codes_of(post)
        found.update(
            set(_of_words(codes, recipe.words) if recipe.words else _of_characters(codes, recipe.characters))
        )
    return found


def _of_characters(codes: npt.NDArray[np.uint32], lengths: Sequence[int]) -> Iterator[str]:
    text = codes.tobytes().decode("utf-32-le")
    for length in lengths:
        for at in range(len(text) - length + 1):
            if (run := text[at : at + length]).strip() == run:
                yield run


def _of_words(codes: npt.NDArray[np.uint32], lengths: Sequence[int]) -> Iterator[str]:
    text = codes.tobytes().decode("utf-32-le")
    starts, stops = word_spans(codes) if len(codes) else (np.zeros(0, int), np.zeros(0, int))
    spans = list(zip(starts.tolist(), stops.tolist(), strict=True))
    for length in lengths:
        for (start, _), (_, stop) in zip(spans, spans[length - 1 :], strict=False):
            yield text[start:stop]


def buckets(ngrams: Sequence[str], recipe: Recipe) -> npt.NDArray[np.int64]:
    """The bucket in which each of these n-grams is counted."""
    found = np.zeros(len(ngrams), np.int64)
    for length in recipe.words or recipe.characters:
        at = [row for row, text in enumerate(ngrams) if _length(text, recipe) == length]
        only = Recipe(recipe.bits, (), (length,)) if recipe.words else Recipe(recipe.bits, (length,), ())
        codes = "\0".join(ngrams[row] for row in at) + "\0"
        array = np.frombuffer(codes.encode("utf-32-le"), np.uint32)
        stops = np.flatnonzero(array == 0) + 1
        made = grams(Folded(array, np.concatenate(([0], stops[:-1])), stops), only)
        found[at] = made.buckets
    return found


def _length(text: str, recipe: Recipe) -> int:
    if not recipe.words:
        return len(text)
    return len(word_spans(np.frombuffer(text.encode("utf-32-le"), np.uint32))[0])
