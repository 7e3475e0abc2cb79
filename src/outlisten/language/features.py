"""Hashed n-grams of a batch of posts, made with array arithmetic: no Python loop over posts or words.

Every feature is a span of the folded text. With P[i] = Σ_{k<i} c[k]·Bᵏ (mod 2⁶⁴) the polynomial hash of any
span is (P[j] − P[i])·B⁻ⁱ, so that one cumulative sum serves words, word pairs and character n-grams of every
length (Karp and Rabin 1987); the top bits of a multiplicative mix give the bucket.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from outlisten.language.normalisation import Folded

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

_BASE = 0x9E3779B97F4A7C15
_BASE_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX = np.uint64(0xD6E8FEB86659FD93)
# Characters and words have halves of the bucket numbers to themselves: the word "not" and the letters "not"
# are two features, and the many character n-grams do not crowd out words.
_CHARACTERS, _WORDS = 0, 1
CHUNK = 1 << 18  # characters hashed at a time: the work arrays stay within the cache and memory stays flat


@dataclass(frozen=True, slots=True)
class Recipe:
    """Which n-grams of a text are features, and into how many buckets (2^bits) each kind is hashed."""

    bits: int
    characters: tuple[int, ...]
    words: tuple[int, ...]

    @property
    def buckets(self) -> int:
        """How many different features there can be; those of words come after those of characters."""
        return (2 if self.words else 1) << self.bits


@dataclass(frozen=True, slots=True)
class Grams:
    """Features of a batch, post by post: bucket numbers, each once a post, and where each post's features
    start.
    """

    buckets: I64
    starts: I64  # one more than posts: the last is the number of features


def grams(folded: Folded, recipe: Recipe) -> Grams:
    """The distinct features of each post, posts in order."""
    parts = [_chunk(folded, first, last, recipe) for first, last in _chunks(folded)]
    keys = np.concatenate(parts) if parts else np.zeros(0, np.int64)
    width = recipe.bits + 1
    starts = np.searchsorted(keys, np.arange(len(folded) + 1, dtype=np.int64) << width)
    return Grams(keys & ((1 << width) - 1), starts)


def word_buckets(folded: Folded, recipe: Recipe) -> I64:
    """The bucket of each text taken as one word: where a dictionary's entries are counted."""
    spans = _Spans(folded.codes, folded.codes == 0)
    hashes = spans.hash(folded.starts, folded.stops - 1)
    return _keys(np.zeros_like(folded.starts), _WORDS, hashes, recipe.bits)


def _chunks(folded: Folded) -> Iterator[tuple[int, int]]:
    """Ranges of posts of about CHUNK characters."""
    first, posts = 0, len(folded)
    while first < posts:
        last = int(np.searchsorted(folded.starts, folded.starts[first] + CHUNK))
        last = max(first + 1, last)
        yield first, last
        first = last


def _chunk(folded: Folded, first: int, last: int, recipe: Recipe) -> I64:
    """Sorted distinct keys (post, kind, bucket within the kind) of posts first … last - 1."""
    start = int(folded.starts[first])
    codes = folded.codes[start : int(folded.stops[last - 1])]
    breaks = codes == 0
    posts = np.cumsum(breaks) - breaks + first
    spans = _Spans(codes, breaks)
    keys = [_keys(posts[at], kind, hashes, recipe.bits) for kind, at, hashes in spans.features(recipe)]
    return _distinct(np.concatenate(keys)) if keys else np.zeros(0, np.int64)


def _keys(posts: I64, kind: int, hashes: U64, bits: int) -> I64:
    mixed = (hashes ^ (hashes >> np.uint64(29))) * _MIX
    return (posts << (bits + 1)) | (kind << bits) | (mixed >> np.uint64(64 - bits)).astype(np.int64)


def _distinct(keys: I64) -> I64:
    keys.sort()
    fresh = np.ones(len(keys), dtype=np.bool_)
    fresh[1:] = keys[1:] != keys[:-1]
    return keys[fresh]


class _Spans:
    """The prefix sums of one chunk, and the hashes of the spans asked of it."""

    def __init__(self, codes: npt.NDArray[np.uint32], breaks: npt.NDArray[np.bool_]) -> None:
        self.codes, self.breaks = codes, breaks
        powers, self.inverse = _powers(_room(len(codes)))
        self.sums = np.zeros(len(codes) + 1, np.uint64)
        np.cumsum(codes * powers[: len(codes)], out=self.sums[1:])

    def hash(self, start: I64, stop: I64) -> U64:
        return (self.sums[stop] - self.sums[start]) * self.inverse[start]

    def features(self, recipe: Recipe) -> Iterator[tuple[int, I64, U64]]:
        """Kind, positions and hashes, one n-gram length at a time."""
        yield from self.characters(recipe.characters)
        yield from self.words(recipe.words)

    def characters(self, lengths: tuple[int, ...]) -> Iterator[tuple[int, I64, U64]]:
        crossed = np.concatenate(([0], np.cumsum(self.breaks)))
        for length in lengths:
            begin = len(self.codes) - length + 1
            if begin <= 0:
                continue
            at = np.flatnonzero(crossed[length:] == crossed[:begin])
            yield _CHARACTERS, at, self.hash(at, at + length)

    def words(self, lengths: tuple[int, ...]) -> Iterator[tuple[int, I64, U64]]:
        if not lengths:
            return
        starts, stops = word_spans(self.codes)
        crossed = np.cumsum(self.breaks)
        for length in lengths:
            first, last = starts[: len(starts) - length + 1], stops[length - 1 :]
            whole = crossed[first] == crossed[last - 1]
            yield _WORDS, first[whole], self.hash(first[whole], last[whole])


def word_spans(codes: npt.NDArray[np.uint32]) -> tuple[I64, I64]:
    """Where words start and stop: runs of letters and digits, and each other mark that is not a space by
    itself.
    """
    kinds = _kinds()[np.minimum(codes, _LAST_KIND)]
    change = np.ones(len(codes) + 1, dtype=np.bool_)
    change[1:-1] = (kinds[1:] != kinds[:-1]) | (kinds[1:] == _MARK)
    edges = np.flatnonzero(change)
    starts, stops = edges[:-1], edges[1:]
    words = kinds[starts] != _SPACE
    return starts[words], stops[words]


_SPACE, _LETTER, _MARK = np.uint8(0), np.uint8(1), np.uint8(2)
_LAST_KIND = np.uint32(0x1FFFF)


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """The kind of each code point: space or control, part of a word, or a mark that stands alone."""
    kinds = np.full(int(_LAST_KIND) + 1, _MARK, np.uint8)
    for code in range(int(_LAST_KIND) + 1):
        character = chr(code)
        if character.isalnum() or character in "'’_":
            kinds[code] = _LETTER
        elif character.isspace() or code < 32:
            kinds[code] = _SPACE
    return kinds


def _room(length: int) -> int:
    """A size that a few cached tables serve: the next power of two."""
    return 1 << max(12, (length - 1).bit_length())


@cache
def _powers(count: int) -> tuple[U64, U64]:
    """B⁰, B¹, … and their inverses modulo 2⁶⁴."""
    return _geometric(_BASE, count), _geometric(_BASE_INVERSE, count + 1)


def _geometric(ratio: int, count: int) -> U64:
    steps = np.full(count, ratio & ((1 << 64) - 1), np.uint64)
    steps[0] = 1
    return np.multiply.accumulate(steps)
