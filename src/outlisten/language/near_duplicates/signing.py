"""The SimHash of a text (Charikar 2002, *Similarity estimation techniques from rounding algorithms*): 64 bits that
differ in few places where two texts share most of their shingles.

Each distinct shingle of a text is hashed to 64 bits; a bit of the signature is 1 where most of the shingles have a 1.
Two signatures differ in about 64·θ/π bits, θ being the angle between the two sets of shingles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from outlisten.language.normalisation import fold

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint32]

# Characters of a shingle, and the signature of a text without letters or digits, which is nobody's copy.
SHINGLE = 4
NO_WORDS = np.uint64(0)
AT_ONCE = 1 << 15  # characters signed at a time: each stands for 64 numbers

_BASE = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_LAST_TOLD = 0x1FFFF  # beyond are Han characters only


def signatures(texts: Sequence[str], shingle: int = SHINGLE) -> U64:
    """One signature a text, of its letters and digits alone: case, width, marks, spaces, emoji, addresses and mentions
    do not count. A text without any has NO_WORDS. The first 2,000 characters are read."""
    made = [_signed([text or "" for text in texts[part]], shingle) for part in _parts(texts)]
    return np.concatenate(made) if made else np.zeros(0, np.uint64)


def _parts(texts: Sequence[str]) -> Iterator[slice]:
    """Runs of texts of about AT_ONCE characters."""
    first = characters = 0
    for at, text in enumerate(texts):
        characters += min(len(text or ""), 2_000)
        if characters > AT_ONCE:
            yield slice(first, at + 1)
            first, characters = at + 1, 0
    if first < len(texts):
        yield slice(first, len(texts))


def _signed(texts: Sequence[str], shingle: int) -> U64:
    folded = fold(texts).codes
    codes = folded[_told()[np.minimum(folded, _LAST_TOLD)] | (folded == 0)]
    posts, hashes = _distinct(*_shingles(codes, shingle))
    made = np.full(len(texts), NO_WORDS, np.uint64)
    if len(posts):
        begins = np.flatnonzero(np.concatenate(([True], posts[1:] != posts[:-1])))
        made[posts[begins]] = _majority(hashes, begins)
    return made


@cache
def _told() -> npt.NDArray[np.bool_]:
    """Which code points count: letters and digits of every script."""
    return np.array([chr(code).isalnum() for code in range(_LAST_TOLD)] + [True], np.bool_)


def _shingles(codes: Codes, length: int) -> tuple[I64, U64]:
    """The text and the hash of each run of `length` characters; a shorter text is one run."""
    ends = codes == 0
    wide = np.concatenate((codes.astype(np.uint64), np.zeros(length, np.uint64)))
    hashes, inside = np.zeros(len(codes), np.uint64), ~ends
    whole = inside
    for step in range(length):
        character = wide[step : step + len(codes)]
        inside = inside & (character != 0)
        hashes = hashes * _BASE + np.where(inside, character, 0)
        whole = whole & inside
    opening = np.concatenate(([True], ends[:-1])) & ~ends
    at = np.flatnonzero(whole | opening)
    return (np.cumsum(ends) - ends)[at], _mixed(hashes[at])


def _mixed(hashes: U64) -> U64:
    """Every bit of a hash depends on all of its characters (the finaliser of SplitMix64, Steele et al. 2014)."""
    mixed = (hashes ^ (hashes >> np.uint64(30))) * _FIRST
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))


def _distinct(posts: I64, hashes: U64) -> tuple[I64, U64]:
    """Each shingle of a text once: a word said ten times is one sign of sameness."""
    order = np.lexsort((hashes, posts))
    posts, hashes = posts[order], hashes[order]
    fresh = np.ones(len(posts), np.bool_)
    fresh[1:] = (posts[1:] != posts[:-1]) | (hashes[1:] != hashes[:-1])
    return posts[fresh], hashes[fresh]


def _majority(hashes: U64, begins: I64) -> U64:
    """For each run of hashes the 64 bits that most of them have; a tie is 0."""
    bits = np.unpackbits(hashes.astype(">u8").view(np.uint8).reshape(-1, 8), axis=1)
    ones = np.add.reduceat(bits, begins, axis=0, dtype=np.int32)
    counts = np.diff(np.concatenate((begins, [len(hashes)])))
    most = np.packbits(2 * ones > counts[:, None], axis=1)
    return np.asarray(most.view(">u8").reshape(-1).astype(np.uint64))
