"""Counts of writing systems in each post of a batch: what the script rule of language identification looks
at.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from outlisten.language.normalisation import Folded

Counts = npt.NDArray[np.int64]

_NONE, _LATIN, _HAN, _KANA, _HANGUL, _OTHER = range(6)
_LAST = 0x3FFFF

# Blocks by Unicode; Latin is decided by name below this point because its letters are scattered over many
# blocks.
_HAN_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF), (0x3005, 0x3007))
_KANA_BLOCKS = ((0x3041, 0x309F), (0x30A1, 0x30FA), (0x30FC, 0x30FF), (0x31F0, 0x31FF))
_HANGUL_BLOCKS = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7A3))
_LATIN_BLOCKS = ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x24F), (0x1E00, 0x1EFF))


@dataclass(frozen=True, slots=True)
class ScriptCounts:
    """Per post: Han characters, kana, Hangul, words in Latin letters, and letters of any other script."""

    han: Counts
    kana: Counts
    hangul: Counts
    latin_words: Counts
    latin_letters: Counts
    other: Counts


def count_scripts(folded: Folded) -> ScriptCounts:
    """The writing systems of each post."""
    if not len(folded):
        return ScriptCounts(*[np.zeros(0, np.int64)] * 6)
    kinds = _scripts()[np.minimum(folded.codes, _LAST)]
    latin = kinds == _LATIN
    word_starts = latin.copy()
    # "don't" is one word and "iphone15pro" is one: a letter opens a word only after something that is not
    # part of one.
    word_starts[1:] &= ~_joins(folded.codes[:-1], latin[:-1])

    def per_post(mask: npt.NDArray[np.bool_]) -> Counts:
        return np.add.reduceat(mask, folded.starts, dtype=np.int64)

    return ScriptCounts(
        han=per_post(kinds == _HAN),
        kana=per_post(kinds == _KANA),
        hangul=per_post(kinds == _HANGUL),
        latin_words=per_post(word_starts),
        latin_letters=per_post(latin),
        other=per_post(kinds == _OTHER),
    )


def _joins(codes: npt.NDArray[np.uint32], latin: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    digit = (codes >= 0x30) & (codes <= 0x39)
    return np.asarray(latin | digit | (codes == 0x27) | (codes == 0x2019))


@cache
def _scripts() -> npt.NDArray[np.uint8]:
    scripts = np.zeros(_LAST + 1, np.uint8)
    scripts[[code for code in range(0x20000) if chr(code).isalpha()]] = _OTHER
    blocks = ((_LATIN, _LATIN_BLOCKS), (_HAN, _HAN_BLOCKS), (_KANA, _KANA_BLOCKS), (_HANGUL, _HANGUL_BLOCKS))
    for script, ranges in blocks:
        for first, last in ranges:
            scripts[first : last + 1] = script
    return scripts
