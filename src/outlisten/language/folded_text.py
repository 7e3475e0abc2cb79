"""A text in the folded form that rules are written in, with the place of each folded character in the original."""

from __future__ import annotations

from functools import cached_property

from outlisten.query.folding import fold_character, is_mark

# What stands behind this many characters is not looked at: a pasted book must not hold up a batch.
LIMIT = 10_000


class FoldedText:
    """The first characters of a text, LIMIT unless told, folded character by character as in the query language."""

    def __init__(self, text: str, limit: int = LIMIT) -> None:
        self.original = text[:limit]
        self.text = self.original.lower() if self.original.isascii() else self.original.translate(_FOLDING)

    @cached_property
    def _origin(self) -> tuple[int, ...] | None:
        """Where each folded character came from; None where both texts have the same places."""
        lengths = [len(char.translate(_FOLDING)) for char in self.original]
        if all(length == 1 for length in lengths):
            return None
        return tuple(at for at, length in enumerate(lengths) for _ in range(length))

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original behind a span of the folded text."""
        if start >= end or self._origin is None:
            return start, end
        return self._origin[start], self._origin[end - 1] + 1

    def words(self, start: int, end: int) -> str:
        """The original words behind a span of the folded text."""
        first, last = self.place(start, end)
        return self.original[first:last]


class _Folding(dict[int, str]):
    """Code point → how it is folded; filled as characters are met. Accents that stand as characters of their own fold
    away; line ends and spaces stay; half of a broken pair of UTF-16 becomes the sign for what cannot be shown."""

    def __missing__(self, code: int) -> str:
        char = "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)
        folded = self[code] = "" if is_mark(char) else fold_character(char)
        return folded


_FOLDING = _Folding()
