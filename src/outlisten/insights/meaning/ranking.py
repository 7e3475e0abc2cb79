"""Orders of posts: by their words (BM25), and several orders made into one (reciprocal rank fusion)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from math import log
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)
# The usual values (Robertson and Zaragoza 2009) and Cormack's constant.
TERM_SATURATION, LENGTH_SHARE, RANK_CONSTANT = 1.2, 0.75, 60


def by_words(counts: Mapping[Name, Mapping[str, int]], lengths: Mapping[Name, int]) -> list[Name]:
    """The texts in the order of BM25 (Robertson and Zaragoza 2009), best first: `counts` of the asked words in each.

    How rare a word is, is told by these texts alone, each of which holds at least one of the words.
    """
    documents = Counter(word for words in counts.values() for word in words)
    mean = sum(lengths.values()) / max(len(lengths), 1) or 1.0

    def score(name: Name) -> float:
        room = TERM_SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths[name] / mean)
        return sum(
            log(1 + (len(counts) - documents[word] + 0.5) / (documents[word] + 0.5))
            * times * (TERM_SATURATION + 1) / (times + room)
            for word, times in counts[name].items()
        )  # fmt: skip

    return sorted(counts, key=score, reverse=True)


def fused(orders: Sequence[Sequence[Name]]) -> list[Name]:
    """One order of several by reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): each order gives what stands
    at rank r 1 / (60 + r)."""
    scores: defaultdict[Name, float] = defaultdict(float)
    for order in orders:
        for rank, name in enumerate(order, start=1):
            scores[name] += 1 / (RANK_CONSTANT + rank)
    return sorted(scores, key=lambda name: scores[name], reverse=True)
