"""Words typed into a plain box, made into rows: nobody needs to know a sign of the query language for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from outlisten.query.building.reading import outline
from outlisten.query.building.rows import Row
from outlisten.query.lexemes import HALF_WIDTH, Lexeme
from outlisten.query.lexer import Lexer
from outlisten.query.limits import comments
from outlisten.query.parser import Context, Query, parse
from outlisten.query.printing import quoted

# What parts one word from the next. A comma between two digits is part of a number.
_SEPARATOR = re.compile(r"(?<!\d),|,(?!\d)|[，、;；\n\r\t]")
_BRACKETS = ("OPEN", "CLOSE")
_OPENING, _CLOSING = "([{", ")]}"


@dataclass(frozen=True, slots=True)
class Entered:
    """The rows, and what holds nothing that could be looked for, as it was typed."""

    rows: tuple[Row, ...]
    unread: tuple[str, ...]


def entered(typed: str, context: Context | None = None) -> Entered:
    """One row for each word or phrase. Several are parted by commas, 、, semicolons, tabs or lines.

    Words with spaces make a phrase. What is already one piece of the query language, such as `#tag`, `charg*`,
    `"a b"` or `platform:weibo`, is taken as it is; everything else is looked for as it stands.
    """
    rows: list[Row] = []
    unread: list[str] = []
    for piece in pieces(typed):
        found = _rows(piece, context or Context())
        rows += found
        if not found:
            unread.append(piece)
    return Entered(tuple(rows), tuple(unread))


def pieces(typed: str) -> list[str]:
    """The words and phrases of a list, without what parts them; quotation marks and brackets hold together."""
    cut = [0, *(edge for span in _separators(typed) for edge in span), len(typed)]
    found = (typed[start:end].strip() for start, end in zip(cut[::2], cut[1::2], strict=True))
    return list(dict.fromkeys(filter(None, found)))


def _separators(typed: str) -> Iterable[tuple[int, int]]:
    found = [match.span() for match in _SEPARATOR.finditer(typed)]
    inside = _inside(typed.translate(HALF_WIDTH))
    return found if inside is None else [span for span in found if not inside[span[0]]]


def _inside(signs: str) -> list[bool] | None:
    """Of each character whether it stands inside quotation marks or brackets; None when these do not pair."""
    depth, in_quotes, inside = 0, False, []
    for sign in signs:
        if sign == '"':
            in_quotes = not in_quotes
        elif not in_quotes:
            depth += (sign in _OPENING) - (sign in _CLOSING)
        if depth < 0:
            return None
        inside.append(in_quotes or depth > 0)
    return None if in_quotes or depth else inside


def _rows(piece: str, context: Context) -> tuple[Row, ...]:
    """A word, a phrase, or what the piece says in the query language; nothing when there is nothing to look for."""
    read = parse(piece, context)
    if read.tree is None or comments(piece) or _are_words(Lexer(piece).lexemes()):
        read = parse(quoted(piece), context)
    return _members(read)


def _are_words(lexemes: list[Lexeme]) -> bool:
    """Whether these are several ordinary words, which a person who writes no operators means as a phrase."""
    return len(lexemes) > 1 and all(
        lexeme.kind in _BRACKETS or (lexeme.kind == "TERM" and lexeme.form == "word" and not lexeme.wild)
        for lexeme in lexemes
    )


def _members(read: Query) -> tuple[Row, ...]:
    """The only row of the outline's root, or the root as one row."""
    if read.tree is None:
        return ()
    root = outline(read)
    return root.rows if len(root.rows) == 1 and not root.negated else (root,)


def unlike(rows: Iterable[Row], present: Iterable[Row]) -> Iterator[Row]:
    """The rows that are not among those present, each once."""
    seen = [_meaning(row) for row in present]
    for row in rows:
        meaning = _meaning(row)
        if meaning not in seen:
            seen.append(meaning)
            yield row


def _meaning(row: Row) -> object:
    return (row.text.casefold(), row.negated) if row.is_leaf else row
