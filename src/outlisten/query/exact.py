"""Exact forms: the same characters in the original text, nothing folded (query language, parts 2.5 and 5.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from unicodedata import category

from outlisten.query.characters import MARKS, is_spaced, ranges
from outlisten.query.entities import TAG_SUFFIX
from outlisten.query.tree import Span

# Every format character: tokens are cut as if none of them were there.
INVISIBLE = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb"
)
_LAST_CODE = 0x323B0  # no letter or digit stands beyond
_invisible = re.compile(f"[{INVISIBLE}]").match
_MARK = re.compile(f"[{MARKS}]")
_RUN = re.compile(r"[\u4e00-\u9fff]+|(?:(?![\u4e00-\u9fff])\w)+")
_SURE = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9]+")
# With these among them, characters may be cut otherwise than their runs by themselves.
_COMPOSING = frozenset({"Cf", "Mn", "Mc", "Me"})


@cache
def _of_words() -> str:
    """The inside of a class of everything that a word of letters and digits is made of."""
    letters = ranges(code for code in range(_LAST_CODE) if is_spaced(chr(code)))
    return letters + MARKS


@lru_cache(1024)
def exact_source(characters: str) -> str:
    """The expression, for Python and RE2 alike, of these characters with no word or sign going on around them."""
    before, after = _going_on(characters)
    left = f"(?:^|[^{before}{INVISIBLE}])[{INVISIBLE}]*" if before else ""
    return f"{left}{re.escape(characters)}[{INVISIBLE}]*(?:$|[^{after}{INVISIBLE}])"


def _going_on(characters: str) -> tuple[str, str]:
    """What may not stand before and after the characters, invisible ones aside, as the inside of classes."""
    first, last = characters[0], characters[-1]
    before = _of_words() if _is_of_word(first) else ""
    return before, _of_words() if _is_of_word(last) else MARKS


def _is_of_word(char: str) -> bool:
    return is_spaced(char) or _MARK.match(char) is not None


def occurrences(text: str, characters: str) -> Iterator[Span]:
    """Every place of the exact form in a text, in code points; they may overlap."""
    at = text.find(characters)
    while at >= 0:
        end = at + len(characters)
        if not _goes_on(_visible(text, at - 1, -1), _visible(text, end, 1), characters):
            yield at, end
        at = text.find(characters, at + 1)


def _visible(text: str, at: int, step: int) -> str:
    """The first visible character from a place on; blank at the edge of the text."""
    while 0 <= at < len(text) and _invisible(text[at]):
        at += step
    return text[at] if 0 <= at < len(text) else ""


def _goes_on(before: str, after: str, characters: str) -> bool:
    """Whether what stands beside the characters belongs to their first or last token."""
    if before and _is_of_word(characters[0]) and _is_of_word(before):
        return True
    return bool(after) and (
        _MARK.match(after) is not None or (_is_of_word(characters[-1]) and _is_of_word(after))
    )


def whole_runs(characters: str) -> list[str]:
    """Runs of the characters that stand in every text with them, as whole tokens or inside one of its entities."""
    if any(category(char) in _COMPOSING for char in characters):
        return []
    runs = (run for run in _RUN.findall(characters) if _SURE.fullmatch(run))
    return [run for run in runs if run not in TAG_SUFFIX and "http" not in run.lower()]
