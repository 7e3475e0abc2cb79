"""Whether two signatures are of the same text, and which texts of a list are copies of each other."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from outlisten.language.near_duplicates.signing import NO_WORDS, U64

# Signatures of one text with small changes differ in at most so many of 64 bits. Manku, Jain and Das Sarma (2007)
# take 3 for web pages; a post has fewer words, so that one changed name is a larger part of it.
NEAR = 12


def distance(first: npt.ArrayLike, second: npt.ArrayLike) -> npt.NDArray[np.uint8]:
    """In how many bits (0 to 64) signatures differ; arrays are compared as numpy broadcasts them."""
    differing: Any = np.bitwise_xor(np.asarray(first, np.uint64), np.asarray(second, np.uint64))
    return np.asarray(np.bitwise_count(differing))


def same(first: npt.ArrayLike, second: npt.ArrayLike, near: int = NEAR) -> npt.NDArray[np.bool_]:
    """Whether signatures are of texts that are copies of each other, but for at most `near` bits."""
    told = (np.asarray(first, np.uint64) != NO_WORDS) & (np.asarray(second, np.uint64) != NO_WORDS)
    return np.asarray(told & (distance(first, second) <= near))


def groups(signatures: U64, near: int = NEAR) -> npt.NDArray[np.int64]:
    """For each text the number of the first text it is a copy of, its own where there is none.

    A text joins the first text before it that it is a copy of: no chain of small steps joins two different texts.
    """
    leaders: list[int] = []
    found = np.arange(len(signatures))
    for at, mark in enumerate(signatures):
        copies = np.flatnonzero(same(signatures[leaders], mark, near)) if leaders else ()
        if len(copies):
            found[at] = leaders[copies[0]]
        else:
            leaders.append(at)
    return found
