"""Phrases of two words, found in the posts themselves: neighbours more often together than by chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

COMPANY = 0.3  # normalised PMI from which two words are a phrase; 0 is chance, 1 is always together
FEWEST = 5  # posts: below it the measure is mostly noise

Pair = tuple[str, str]


def mined_phrases(words: Iterable[Sequence[str]], pairs: Iterable[Sequence[Pair]]) -> set[Pair]:
    """The pairs of neighbouring words that are phrases, from the words and the pairs of each post.

    Normalised pointwise mutual information of the pair, ln(P(ab)/(P(a)P(b)))/−ln P(ab), of at least 0.3, in
    at least five posts. Bouma, Normalized (Pointwise) Mutual Information in Collocation Extraction, GSCL
    2009.
    """
    single = Counter(word for post in words for word in post)
    together: Counter[Pair] = Counter()
    posts: Counter[Pair] = Counter()
    for post in pairs:
        together.update(post)
        posts.update(set(post))
    total = single.total()
    return {
        pair for pair, n in posts.items() if n >= FEWEST and _npmi(pair, together, single, total) >= COMPANY
    }


def _npmi(pair: Pair, together: Counter[Pair], single: Counter[str], total: int) -> float:
    share = together[pair] / total
    expected = single[pair[0]] * single[pair[1]] / total**2
    return log(share / expected) / -log(share) if share < 1 else 1.0
