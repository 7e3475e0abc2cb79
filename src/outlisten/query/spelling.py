"""Spelling: a text written in folded letters and a few separators, one table look-up a character.

The first half of cutting a text into tokens. It is linear in the length of the text, and it knows where each
spelled piece came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import category, is_normalized, normalize

from outlisten.query.characters import (
    BASIC_MARKS,
    EMOJI_CLASS,
    HALF_WIDTH,
    JAMO,
    LINE_BREAKS,
    MARKS,
    SKIN,
    VARIATION,
    is_cjk,
)
from outlisten.query.folding import EMOJI, SKIN_TONES, VARIATION_SELECTORS, fold, fold_character, is_mark

# The separators of a spelled text. Each stands for a kind of character between two tokens.
EDGE = "\x1f"  # around CJK characters and emoji; str.split() reads it as white space
SPACE, SIGN, STOP, END, LINE, ENTITY = " ", ",", ".", "!", "\n", "\x01"
SEPARATORS = EDGE + SPACE + SIGN + STOP + END + LINE + ENTITY
SHORT = 8  # longer clusters are rare; a cache of them could be made to hold megabytes
# Read before folding, which would turn … into three full stops.
_KEPT_SIGNS = {".": STOP, **dict.fromkeys("。！？!?…｡", END), **dict.fromkeys(LINE_BREAKS, LINE)}
_NEVER_LETTERS = frozenset("™℠")  # signs, although NFKC writes them with letters


class _Spelling(dict[int, str]):
    """Code point → how the character is spelled; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        spelled = self[code] = _spell(chr(code))
        return spelled


def _spell(char: str) -> str:
    if char in EMOJI:
        return EDGE + char + EDGE
    if char in _KEPT_SIGNS:
        return _KEPT_SIGNS[char]
    kind = category(char)
    if kind == "Cf" or char in VARIATION_SELECTORS or char in SKIN_TONES:
        return ""
    folded = fold_character(char)
    # A lone surrogate is kept as the replacement character, which is a sign.
    if char in _NEVER_LETTERS or kind == "Cs" or (kind[0] in "PS" and not any(map(str.isalnum, folded))):
        return SIGN
    return "".join(map(_spell_folded, folded)) if kind[0] in "LNMPS" else SPACE


def _spell_folded(char: str) -> str:
    if is_cjk(char):
        return EDGE + char + EDGE
    if category(char)[0] in "LNM":
        return char
    return SIGN if category(char)[0] in "PS" else SPACE


_SPELLING = _Spelling()

# Everything that cannot be spelled one character at a time. Beyond the first plane the ranges are coarse,
# because a class of few ranges there is a quick look-up.
INVISIBLE = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
_COMPOSING = f"{MARKS}{JAMO}{HALF_WIDTH}"
_COMPLEX = re.compile(
    f"[{BASIC_MARKS}{JAMO}{HALF_WIDTH}\u200d\u20e3"
    "\U00010000-\U0001efff\U0001f1e6-\U0001f1ff\U000e0000-\U000e0fff]"
)
_UNSEEN = f"[{INVISIBLE}{VARIATION}]"
_ELEMENT = f"[{EMOJI_CLASS}][{VARIATION}{SKIN}]*"
_CLUSTER = re.compile(
    rf"(?P<keycap>[0-9#*]\ufe0f?\u20e3)|(?P<flag>[\U0001f1e6-\U0001f1ff]{{2}})"
    rf"|(?P<emoji>{_ELEMENT}(?:[\U000e0020-\U000e007e]+\U000e007f)?(?:\u200d{_ELEMENT})*)"
    # A run of invisible characters is entered at its start only: tried from each, it would take quadratic time.
    rf"|(?:[^\W_{_COMPOSING}]{_UNSEEN}*+|(?<!{_UNSEEN}){_UNSEEN}++)?[{_COMPOSING}](?:{_UNSEEN}*+[{_COMPOSING}])*"
)
_DROPPED = re.compile(f"[{VARIATION}{SKIN}]")
_CJK_WITH_MARKS = re.compile(rf"{EDGE}([^{EDGE}]){EDGE}([{MARKS}]+)")
_BASELESS_MARKS = re.compile(rf"(?<![^\s,.!{EDGE}])[{MARKS}]+")


def is_simple(text: str) -> bool:
    """Whether every character can be spelled by itself."""
    return text.isascii() or (is_normalized("NFC", text) and not _COMPLEX.search(text))


def spelled(text: str) -> str:
    """Text without entities in the alphabet above."""
    return text.translate(_SPELLING) if is_simple(text) else "".join(_pieces(text))


def _pieces(text: str) -> Iterable[str]:
    at = 0
    for cluster in _CLUSTER.finditer(text):
        yield text[at : cluster.start()].translate(_SPELLING)
        yield _spelled_cluster(cluster)
        at = cluster.end()
    yield text[at:].translate(_SPELLING)


def spelled_characters(text: str) -> Iterable[tuple[str, int, int]]:
    """(spelled, start, end) of every character or cluster of a text without entities."""
    at = 0
    for cluster in () if is_simple(text) else _CLUSTER.finditer(text):
        yield from ((_SPELLING[ord(text[place])], place, place + 1) for place in range(at, cluster.start()))
        yield _spelled_cluster(cluster), cluster.start(), cluster.end()
        at = cluster.end()
    yield from ((_SPELLING[ord(text[place])], place, place + 1) for place in range(at, len(text)))


def _spelled_cluster(found: re.Match[str]) -> str:
    cluster = found.group()
    if found.lastgroup:
        return EDGE + _DROPPED.sub("", cluster) + EDGE
    return _composed_short(cluster) if len(cluster) <= SHORT else _composed(cluster)


def _composed(cluster: str) -> str:
    """Letters with marks, composed as a whole: only so is it known which marks are accents to drop."""
    spelled = "".join(map(_spell_composed, fold(normalize("NFKC", cluster))))
    spelled = _CJK_WITH_MARKS.sub(rf"{EDGE}\1\2{EDGE}", spelled)
    return _BASELESS_MARKS.sub("", spelled)


_composed_short = lru_cache(4096)(_composed)


def _spell_composed(char: str) -> str:
    return char if is_mark(char) else _SPELLING[ord(char)]
