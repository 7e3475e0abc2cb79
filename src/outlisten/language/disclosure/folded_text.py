"""A text in the folded form that markers are written in, with the place of each folded character in the original."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from outlisten.query.folding import fold_character, is_mark

# What stands behind this many characters is not looked at: a pasted book must not hold up a batch.
LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class FoldedText:
    """Folded characters, and where each came from; `origin` is None where both texts have the same places."""

    text: str
    original: str
    origin: tuple[int, ...] | None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original behind a span of the folded text."""
        if self.origin is None or start >= end:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1

    def words(self, start: int, end: int) -> str:
        """The original words behind a span of the folded text."""
        first, last = self.place(start, end)
        return self.original[first:last]


def folded(text: str) -> FoldedText:
    """The first LIMIT characters of a text, character by character in the folding of the query language."""
    text = text[:LIMIT]
    if text.isascii():
        return FoldedText(text.lower(), text, None)
    pieces = [_folded_character(char) for char in text]
    joined = "".join(pieces)
    if len(joined) == len(text) and all(map(len, pieces)):
        return FoldedText(joined, text, None)
    origin = tuple(at for at, piece in enumerate(pieces) for _ in piece)
    return FoldedText(joined, text, origin)


@lru_cache(20_000)  # every character of daily Chinese and English
def _folded_character(char: str) -> str:
    """Accents that stand as characters of their own fold away; line ends and spaces stay."""
    return "" if is_mark(char) else fold_character(char)
