"""Terms that a better one on the same list already says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from outlisten.insights.phrases import Pair

COVERED = 0.7  # of a term's authors, at least this share is what the phrase that hides it has


def redundant(authors: Mapping[str, int], phrases: Mapping[str, Pair]) -> set[str]:
    """The terms to leave out of a list, given as term → authors with the most telling first.

    Hidden are a word whose authors mostly use it in a listed phrase ("theft" in "identity theft"), and a
    phrase that shares a word and nearly all its authors with a better one ("security number" after "social
    security").
    """
    holding: dict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        for part in phrases[phrase]:
            holding[part].append(phrase)
    hidden: set[str] = set()
    met: set[str] = set()
    for term, users in authors.items():
        met.add(term)
        if term not in phrases or term in hidden:
            continue
        parts = phrases[term]
        later = {other for part in parts for other in holding[part] if other not in met}
        listed = {*parts, *later} & authors.keys()
        hidden |= {other for other in listed if users >= COVERED * authors[other]}
    return hidden
