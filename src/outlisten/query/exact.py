"""Exact forms: the same characters in the original text, nothing folded (query language, parts 2.5 and 5.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from outlisten.query.characters import MARKS, is_spaced, ranges
from outlisten.query.folding import EMOJI
from outlisten.query.tokens import GAP, word_items
from outlisten.query.tree import Span

_LAST_CODE = 0x323B0  # no letter or digit stands beyond
_JOINER = "\u200d"
_MARK = re.compile(f"[{MARKS}]")


@cache
def _of_words() -> str:
    """The inside of a class of everything that a word of letters and digits is made of."""
    letters = ranges(code for code in range(_LAST_CODE) if is_spaced(chr(code)))
    return letters + MARKS


@lru_cache(1024)
def exact_source(characters: str) -> str:
    """The expression, for Python and RE2 alike, of these characters with no word or sign going on around them."""
    before = f"(?:^|[^{_of_words()}])" if _is_of_word(characters[0]) else ""
    after = f"(?:$|[^{_of_words()}])" if _is_of_word(characters[-1]) else f"(?:$|[^{MARKS}])"
    if characters[0] in EMOJI:
        before = f"(?:^|[^{_JOINER}])"
    if characters[-1] in EMOJI:
        after = f"(?:$|[^{MARKS}{_JOINER}])"
    return before + re.escape(characters) + after


def _is_of_word(char: str) -> bool:
    return is_spaced(char) or _MARK.match(char) is not None


def occurrences(text: str, characters: str) -> Iterator[Span]:
    """Every place of the exact form in a text, in code points; they may overlap."""
    at = text.find(characters)
    while at >= 0:
        end = at + len(characters)
        if not _goes_on(text[at - 1 : at], text[end : end + 1], characters):
            yield at, end
        at = text.find(characters, at + 1)


def _goes_on(before: str, after: str, characters: str) -> bool:
    """Whether what stands beside the characters belongs to their first or last token."""
    first, last = characters[0], characters[-1]
    if before and ((_is_of_word(first) and _is_of_word(before)) or (first in EMOJI and before == _JOINER)):
        return True
    if not after:
        return False
    return (
        (_is_of_word(last) and _is_of_word(after))
        or _MARK.match(after) is not None
        or (last in EMOJI and after == _JOINER)
    )


def whole_tokens(characters: str) -> list[str]:
    """Tokens that every text with these characters holds, unless they stand inside one of its entities."""
    items = (item for item in word_items(characters) if item != GAP)
    return [item for item in items if item.isascii() or re.fullmatch(r"[\u4e00-\u9fff]", item)]
