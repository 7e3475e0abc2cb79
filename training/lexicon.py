"""Word ratings by people, as a hint to the fit: words that the training tweets lack lean the way people rated
them.

The ratings are those of VADER (Hutto and Gilbert 2014; MIT), from the package vaderSentiment, which only
training needs: `pip install vaderSentiment==3.3.2`.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from outlisten.language.features import Recipe, word_buckets
from outlisten.language.normalisation import fold


def ratings() -> dict[str, float]:
    """Mean rating from −4 to 4 of each entry that is one word of letters."""
    package = find_spec("vaderSentiment")
    if package is None or not package.submodule_search_locations:
        raise SystemExit("Training needs the word ratings: pip install vaderSentiment==3.3.2")
    path = Path(package.submodule_search_locations[0]) / "vader_lexicon.txt"
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line)
    return {word: float(rating) for word, rating, *_ in rows if word.isascii() and word[0].isalpha()}


def hints(recipe: Recipe) -> npt.NDArray[np.float32]:
    """One row a bucket: the rating of the word counted there, and its strength; zeros elsewhere."""
    words = ratings()
    values = np.array(list(words.values()), np.float32)
    table = np.zeros((recipe.buckets, 2), np.float32)
    at = word_buckets(fold(list(words)), recipe)
    table[at] = np.column_stack((values, np.abs(values)))
    return table
