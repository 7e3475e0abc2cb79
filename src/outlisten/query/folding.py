"""Folding: the one form in which texts and queries meet (query language, part 2.2).

Width, compatibility forms and case as Unicode's NFKC case folding has them; accents off Latin, Greek and
Cyrillic; traditional characters to simplified ones by OpenCC's character table; invisible characters,
variation selectors and skin tones away. `training/make_folding_table.py` makes the tables.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from unicodedata import category, name, normalize

TABLES = files("outlisten.query") / "tables"
VARIATION_SELECTORS = frozenset(
    map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_DROPPED = VARIATION_SELECTORS | SKIN_TONES
JOINER = "\u200d"
ACCENTED = ("LATIN ", "GREEK ", "CYRILLIC ", "MODIFIER LETTER ")


def _table(file: str) -> str:
    return (TABLES / file).read_text("utf-8").replace("\n", "")


def _simplified() -> dict[str, str]:
    pairs = _table("simplified.txt")
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


SIMPLIFIED = _simplified()
EMOJI = frozenset(_table("emoji.txt")) - SKIN_TONES


# Most Chinese names and words: nothing in them but their case and their traditional characters can fold.
_HAN_AND_ASCII = re.compile("[\\0-\x7f\u4e00-\u9fff]+")
_TO_SIMPLIFIED = str.maketrans(SIMPLIFIED)


def fold(text: str) -> str:
    """The folded form of any text: what two texts share when a query treats them as the same."""
    if text.isascii():
        return text.lower()
    if _HAN_AND_ASCII.fullmatch(text):
        return text.lower().translate(_TO_SIMPLIFIED)
    shown = _visible("".join(char for char in text if char not in _DROPPED))
    return "".join(SIMPLIFIED.get(char, char) for char in without_accents(_case_folded(shown)))


def _visible(text: str) -> str:
    return "".join(char for at, char in enumerate(text) if category(char) != "Cf" or _joins_emoji(text, at))


def _case_folded(text: str) -> str:
    return normalize("NFKC", normalize("NFKC", text).casefold())


def _joins_emoji(text: str, at: int) -> bool:
    around = text[at - 1 : at] in EMOJI and text[at + 1 : at + 2] in EMOJI
    return text[at] == JOINER and 0 < at < len(text) - 1 and around


def without_accents(text: str) -> str:
    """Text without the combining marks of Latin, Greek and Cyrillic letters; other scripts keep theirs."""
    kept: list[str] = []
    bare = False
    for char in normalize("NFC", text):
        if is_mark(char):
            if not bare:
                kept.append(char)
            continue
        bare = has_accents(char)
        kept.append(_base(char) if bare else char)
    return "".join(kept)


@cache
def _base(letter: str) -> str:
    return "".join(char for char in normalize("NFD", letter) if not is_mark(char))


@cache
def has_accents(char: str) -> bool:
    """Whether the character is a letter of a script whose accents fold away."""
    return char.isalpha() and name(char, "").startswith(ACCENTED)


def is_mark(char: str) -> bool:
    """Whether the character is a combining mark."""
    return category(char)[0] == "M"


def fold_character(char: str) -> str:
    """The folded form of one character that stands alone; the empty string when nothing of it remains."""
    if char in EMOJI:
        return char
    return fold(char)
