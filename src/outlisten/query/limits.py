"""How large a query may be (query language, part 2.8), checked before anything costly is done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from outlisten.query.lexemes import HALF_WIDTH, Lexeme
from outlisten.query.messages import Message
from outlisten.query.tree import Span

# Possessive, and an unclosed piece runs to the end: linear on any text.
_COMMENT = re.compile(
    r'"(?:\\.|[^"\\])*+"?|\{(?:\\.|[^}\\])*+\}?|(?P<comment>/\*(?:[^*]|\*(?!/))*+(?:\*/)?)|\\.', re.DOTALL
)
_OPERANDS = frozenset({"TERM", "VALUE", "CLOSE"})


@dataclass(frozen=True, slots=True)
class Limits:
    """Settings of an installation. The defaults are the language's own."""

    characters: int = 20_000
    terms: int = 2_000
    nesting: int = 50
    distance: int = 100
    # Beyond this distance NEAR means hardly more than AND.
    wide_distance: int = 20
    # How deep saved queries may use each other, and how many different tokens one wildcard may stand for.
    depth: int = 10
    expansion: int = 10_000
    # The share by which length, terms and nesting may go beyond these: a page puts its filters and days around a query.
    margin: float = 0.0

    def beyond(self, count: int, limit: int) -> bool:
        """Whether this many are too many."""
        return count > limit * (1 + self.margin)


LIMITS = Limits()


def comments(text: str) -> list[Span]:
    """Where the comments of a query stand; inside quotation marks and braces there are none."""
    return [found.span() for found in _COMMENT.finditer(text.translate(HALF_WIDTH)) if found["comment"]]


def too_long(text: str, limits: Limits) -> Message | None:
    """E301, if the query is too long once its comments are gone."""
    if not limits.beyond(len(text), limits.characters):
        return None
    count = len(text) - sum(end - start for start, end in comments(text))
    if not limits.beyond(count, limits.characters):
        return None
    return Message("E301", (0, len(text)), {"count": count, "limit": limits.characters})


def too_many_terms(lexemes: Sequence[Lexeme], limits: Limits) -> Message | None:
    """E302, if there are too many terms and values; placed on the first that is too many."""
    terms = [lexeme for lexeme in lexemes if lexeme.kind in {"TERM", "VALUE"}]
    if not limits.beyond(len(terms), limits.terms):
        return None
    at = (terms[limits.terms].at[0], terms[-1].at[1])
    return Message("E302", at, {"count": len(terms), "limit": limits.terms})


def too_deep(lexemes: Sequence[Lexeme], limits: Limits) -> Message | None:
    """E303, if brackets, chains of NOT or of NEAR are nested too deep or a term has too many wildcards; placed where it
    becomes so."""
    levels = [0]  # of each open bracket, how many NEARs are chained in it
    chained = prefixes = deepest = 0
    place = (0, 0)
    joined = True
    for lexeme in lexemes:
        prefixes = prefixes + 1 if lexeme.kind in {"NOT", "SCOPE"} else 0
        if lexeme.kind == "NEAR":
            levels[-1] += 1
            chained += 1
        elif lexeme.kind in {"OR", "AND", "NOT"} or not (joined or lexeme.kind == "CLOSE"):
            chained -= levels[-1]
            levels[-1] = 0
        if lexeme.kind == "OPEN":
            levels.append(0)
        elif lexeme.kind == "CLOSE" and len(levels) > 1:
            chained -= levels.pop()
        joined = lexeme.kind not in _OPERANDS
        # Each wildcard of a term stands inside what the one before it may be followed by.
        depth = max(len(levels) - 1 + chained, prefixes, len(lexeme.wild))
        if depth > deepest:
            deepest, place = depth, place if deepest > limits.nesting else lexeme.at
    if not limits.beyond(deepest, limits.nesting):
        return None
    return Message("E303", place, {"count": deepest, "limit": limits.nesting})
