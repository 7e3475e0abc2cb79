"""The words of a post: English by token, Chinese by a segmenter, and pairs of neighbours for phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.metadata import version
from itertools import pairwise

import rjieba

from outlisten.insights.stop_words import stop_words
from outlisten.query.tokens import FIELD, GAP

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
BETWEEN_HAN = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
HAN_RUN = re.compile(rf"[{HAN}]+")
# One letter, a number, or one letter repeated (xxxx hides personal data in public files; www says nothing).
WORDLESS = re.compile(r"[a-z]|[\d._]+|([a-z])\1+")


@cache
def segmenter() -> str:
    """Name and version of the segmenter, to be kept beside what it cut."""
    return f"rjieba {version('rjieba')}"


def runs_of(stream: str, sentences: Sequence[int]) -> Iterator[list[str]]:
    """Runs of words that follow each other in one sentence without a gap, from a post's token stream.

    Neighbouring Han characters are put together again and cut by the segmenter; every other token is a word.
    """
    items = stream.split(" ")
    for start, end in pairwise([*sentences, len(items)]):
        for part in _parts(items[start:end]):
            yield _words_in(BETWEEN_HAN.sub("", " ".join(part)).split(" "))


def words_and_pairs(stream: str, sentences: Sequence[int]) -> tuple[list[str], list[tuple[str, str]]]:
    """Every word of a post worth counting, in order, and every pair of such words that are neighbours."""
    words: list[str] = []
    pairs: list[tuple[str, str]] = []
    for run in runs_of(stream, sentences):
        words += [word for word in run if tells(word)]
        pairs += [(left, right) for left, right in pairwise(run) if tells(left) and tells(right)]
    return words, pairs


@lru_cache(maxsize=200_000)
def tells(word: str) -> bool:
    """Whether a word can mean something by itself: no single letter, number or stop word."""
    return not WORDLESS.fullmatch(word) and word not in stop_words()


def joined(left: str, right: str) -> str:
    """Two neighbouring words as one phrase: written together in Chinese, with a space elsewhere."""
    together = HAN_RUN.fullmatch(left) and HAN_RUN.fullmatch(right)
    return left + right if together else f"{left} {right}"


def _parts(items: list[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for item in items:
        if item in {GAP, FIELD}:
            yield part
            part = []
        else:
            part.append(item)
    yield part


def _words_in(pieces: list[str]) -> list[str]:
    words: list[str] = []
    for piece in pieces:
        words += _cut(piece) if HAN_RUN.match(piece) else [piece]
    return [word for word in words if word]


@lru_cache(maxsize=100_000)
def _cut(run: str) -> tuple[str, ...]:
    return tuple(rjieba.cut(run))
