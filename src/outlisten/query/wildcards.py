"""Terms with wildcards: which piece of the term each `*` and `?` belongs to (query language, part 5.6).

In a word of letters and digits they stand for letters and digits; between characters of a script without spaces for
whole characters, `*` for none to four of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from outlisten.query.characters import MARKS, is_cjk, is_spaced
from outlisten.query.folding import EMOJI
from outlisten.query.tokens import GAP, word_items
from outlisten.query.tree import Glob, Piece, Skip

MOST_SKIPPED = 4
# `*` needs two characters before it, `?` one.
NEEDED = {"*": 2, "?": 1}
_MARK = re.compile(f"[{MARKS}]")


class BadWildcard(ValueError):
    """A wildcard with too little before it."""


def pieces(content: str, wild: Sequence[int]) -> tuple[tuple[Piece, ...], bool]:
    """The pieces of a term whose characters at `wild` are wildcards, and whether any of these had no effect.

    Raises BadWildcard.
    """
    cutting = _Cutting(content, frozenset(wild))
    return tuple(cutting.pieces()), cutting.ignored


class _Cutting:
    def __init__(self, content: str, wild: frozenset[int]) -> None:
        self.content = content
        self.wild = wild
        self.ignored = False
        self.made: list[Piece] = []
        self.open = False  # whether the last piece is a word that goes on

    def pieces(self) -> list[Piece]:
        at = 0
        while at < len(self.content):
            end = at
            while end < len(self.content) and end not in self.wild:
                end += 1
            self._take(self.content[at:end])
            at = end
            while at < len(self.content) and at in self.wild:
                at += 1
            if at > end:
                self._wildcards(
                    "".join("?" if sign in "?？" else "*" for sign in self.content[end:at]), end, at
                )
        return self.made

    def _take(self, segment: str) -> None:
        """The items of what stands between wildcards; a word that goes on takes the first of them in."""
        last = self.made[-1] if self.made else None
        if isinstance(last, Glob) and self.open:
            # Cut together with a letter, so that a sign after the wildcard asks for the gap it would make in a text.
            first, *items = word_items(f"x{segment}")
            self.made[-1] = Glob(last.pattern + first.removeprefix("x"))
        else:
            items = word_items(segment)
        self.open = False
        self.made += items

    def _wildcards(self, signs: str, start: int, end: int) -> None:
        before = self.content[start - 1] if start else ""
        after = self.content[end] if end < len(self.content) else ""
        if before and _is_of_word(before):
            self._word_goes_on(signs)
        elif after and _is_of_word(after):
            raise BadWildcard  # the wildcard would be the first of the word that follows
        elif before and _is_character(before) and after and _is_character(after):
            self._skip(signs)
        elif before and _is_character(before) and not after:
            self.ignored = True  # such a term matches inside longer words anyway
        else:
            raise BadWildcard

    def _word_goes_on(self, signs: str) -> None:
        last = self.made.pop() if self.made else GAP
        if isinstance(last, str) and not _is_of_word(last[-1]):
            raise BadWildcard  # a mark by itself makes no word
        pattern = last.pattern if isinstance(last, Glob) else last
        assert isinstance(pattern, str)
        if len(pattern) < NEEDED[signs[0]]:
            raise BadWildcard
        signs = re.sub(r"\*+", "*", signs)
        self.made.append(Glob(pattern + (signs.removeprefix("*") if pattern.endswith("*") else signs)))
        self.open = True

    def _skip(self, signs: str) -> None:
        exactly, any_number = signs.count("?"), signs.count("*")
        self.made.append(Skip(exactly, exactly + MOST_SKIPPED * any_number))


def _is_of_word(char: str) -> bool:
    return is_spaced(char) or _MARK.match(char) is not None


def _is_character(char: str) -> bool:
    return is_cjk(char) or char in EMOJI


@lru_cache(4096)
def regex(pattern: str) -> re.Pattern[str]:
    """The expression that a whole token must match, quick on any token: only the last `*` is tried more than once.

    What stands between two `*` may always be taken where it comes first.
    """
    first, *rest = map(regex_source, pattern.split("*"))
    between = "".join(f"(?>[^ ]*?{piece})" for piece in rest[:-1])
    return re.compile(first + between + "".join(f"[^ ]*{last}" for last in rest[-1:]))


def regex_source(pattern: str) -> str:
    """The same as text that Python and RE2 both read."""
    signs = {"*": "[^ ]*", "?": "[^ ]"}
    return "".join(signs.get(char) or re.escape(char) for char in pattern)


def literal_start(pattern: str) -> str:
    """What every token of the pattern begins with."""
    return re.split(r"[*?]", pattern, maxsplit=1)[0]
