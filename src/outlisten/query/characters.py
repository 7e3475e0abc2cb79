"""Kinds of characters, written as the inside of regular-expression classes.

Ranges, not lookups: the tokeniser must stay linear and quick on any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import category

from outlisten.query.folding import EMOJI, SKIN_TONES, VARIATION_SELECTORS

HAN = (
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00016fe2\U00016fe3\U00016ff0\U00016ff1\U00020000-\U0003fffd"
)
KANA = (
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
    "\U0001aff0-\U0001afff\U0001b000-\U0001b16f"
)
# Thai, Lao, Myanmar, Khmer, Tai Le, New Tai Lue, Tai Tham, Tai Viet, Ahom: written without spaces.
_SOUTH_EAST = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df"
SPACELESS = _SOUTH_EAST + "\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf\U00011700-\U0001174f"
JAMO = "\u1100-\u11ff\u3131-\u318e\u3200-\u321e\u3260-\u327f\ua960-\ua97f\ud7b0-\ud7ff"
HALF_WIDTH = "\uff65-\uffdc"
LINE_BREAKS = "\n\v\f\r\x85\u2028\u2029"
CJK_PUNCTUATION = (
    "\u2014\u2018-\u201f\u2026\u3000-\u3003\u3008-\u3020\u3030\u30fb"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
SURROGATES = "\ud800-\udfff"


def ranges(codes: Iterable[int]) -> str:
    """Sorted code points as the inside of a character class."""
    found: list[list[int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"{re.escape(chr(low))}-{re.escape(chr(high))}" for low, high in found)


_VARIATION = frozenset(map(ord, VARIATION_SELECTORS))


def _marks(codes: range) -> str:
    return ranges(code for code in codes if code not in _VARIATION and category(chr(code))[0] == "M")


BASIC_MARKS = _marks(range(0x300, 0x10000))
# Above plane 1 only the variation selectors are marks; scanning less keeps the import quick.
MARKS = BASIC_MARKS + _marks(range(0x10000, 0x1F000))
EMOJI_CLASS = ranges(sorted(map(ord, EMOJI)))
SKIN = ranges(sorted(map(ord, SKIN_TONES)))
VARIATION = ranges(sorted(_VARIATION))

_is_cjk = re.compile(f"[{HAN}{KANA}{SPACELESS}]").match
_is_han = re.compile(f"[{HAN}]").match


def is_han(char: str) -> bool:
    """Whether the character is a Han character."""
    return _is_han(char) is not None


def is_cjk(char: str) -> bool:
    """Whether the character is a letter of a script written without spaces: Han, kana, Thai and the like."""
    return _is_cjk(char) is not None and (category(char)[0] == "L" or is_han(char))


def is_spaced(char: str) -> bool:
    """Whether the character is a letter or digit of a script that puts spaces between words."""
    return char.isalnum() and not is_cjk(char)
