"""What other tools write differently, and how it is written here (query language, part 4.1).

Crimson Hexagon puts a distance behind a group, Brandwatch writes comments between angle brackets and ranges with TO,
Sprinklr groups with square brackets and has fields for exact words, Talkwalker marks an exact phrase with a plus.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from outlisten.query.fields import Field
from outlisten.query.lexemes import Lexeme
from outlisten.query.messages import Message

_DISTANCE = re.compile(r"~([0-9]{1,3})")
_GROUP = re.compile(r"\[([^\[\]]*\s[^\[\]]*)\]")
_EXACT_FIELD = re.compile(
    r"exact(?P<field>message|title):(?:\((?P<group>[^()\"{}]+)\)|(?P<word>[^\s()\"{}]+))", re.IGNORECASE
)
_EXACT_PHRASE = re.compile(r'\+"([^"{}]+)"')
_COMMENT = re.compile(r"<<<(.{0,2000}?)>>>", re.DOTALL)
_DOUBLE = {"&&": "AND", "||": "OR"}
_RANGE = re.compile(r"\[\s*([^\s\[\]]+)\s+TO\s+([^\s\[\]]+)\s*\]")
_FIELDS = {"message": "text", "title": "title"}


class Foreign(NamedTuple):
    """Something of another tool: where it ends, and what to say."""

    end: int
    message: Message


def foreign_at(text: str, signs: str, at: int, found: Sequence[Lexeme]) -> Foreign | None:
    """What begins here in another tool's way, if anything does. `signs` is the text in half width."""
    match signs[at]:
        case "~":
            return _distance(text, signs, at, found)
        case "[":
            group = _GROUP.match(signs, at)
            return _instead(at, group.end(), f"({text[group.start(1) : group.end(1)]})") if group else None
        case "+":
            phrase = _EXACT_PHRASE.match(signs, at)
            return (
                _instead(at, phrase.end(), f"{{{text[phrase.start(1) : phrase.end(1)]}}}") if phrase else None
            )
        case "<":
            comment = _COMMENT.match(signs, at)
            return _comment(text[slice(*comment.span(1))], at, comment.end()) if comment else None
        case "&" | "|":
            double = signs[at : at + 2]
            return _instead(at, at + 2, _DOUBLE[double]) if double in _DOUBLE else None
        case "e" | "E":
            exact = _EXACT_FIELD.match(signs, at)
            return _exact_field(exact) if exact else None
        case _:
            return None


def foreign_value_at(signs: str, at: int, field: Field) -> Foreign | None:
    """A range of numbers or dates in another tool's way."""
    found = _RANGE.match(signs, at) if field.kind in {"number", "date"} else None
    if found is None:
        return None
    low, high = ("" if bound == "*" else bound for bound in found.groups())
    return _instead(at, found.end(), f"{low}..{high}")


def _comment(said: str, at: int, end: int) -> Foreign:
    return _instead(at, end, f"/* {said.strip().replace('*/', '* /')} */")


def _instead(start: int, end: int, written: str) -> Foreign:
    return Foreign(end, Message("E105", (start, end), {"near": written}, written, "instead"))


def _exact_field(exact: re.Match[str]) -> Foreign:
    """Alternatives between OR, each with exactly its characters."""
    field = _FIELDS[exact["field"].lower()]
    words = [word.strip() for word in re.split(r"\sOR\s", exact["group"] or exact["word"])]
    written = " OR ".join(f"{field}:{{{word}}}" for word in words)
    return _instead(exact.start(), exact.end(), written if len(words) == 1 else f"({written})")


def _distance(text: str, signs: str, at: int, found: Sequence[Lexeme]) -> Foreign | None:
    """`((a OR b) AND (c))~5`: two parts of a group that are to stand near each other."""
    size = _DISTANCE.match(signs, at)
    if not size or not found or found[-1].kind != "CLOSE" or found[-1].at[1] != at:
        return None
    opening = _partner(found)
    parts = _conjuncts(found[opening + 1 : -1])
    if len(parts) != 2:
        return Foreign(size.end(), Message("E105", (at, size.end())))
    start = found[opening].at[0]
    first, last = (text[part[0].at[0] : part[-1].at[1]] for part in parts)
    return _instead(start, size.end(), f"({first} NEAR/{size[1]} {last})")


def _partner(found: Sequence[Lexeme]) -> int:
    """The place of the bracket that the last lexeme closes; 0 when there is none."""
    depth = 0
    for place in range(len(found) - 1, -1, -1):
        depth += (found[place].kind == "CLOSE") - (found[place].kind == "OPEN")
        if not depth:
            return place
    return 0


def _conjuncts(inside: Sequence[Lexeme]) -> list[list[Lexeme]]:
    """What AND joins at the outermost level; nothing when something else does."""
    parts: list[list[Lexeme]] = [[]]
    depth = 0
    for lexeme in inside:
        if lexeme.kind == "AND" and not depth:
            parts.append([])
            continue
        if lexeme.kind == "OR" and not depth:
            return []
        depth += (lexeme.kind == "OPEN") - (lexeme.kind == "CLOSE")
        parts[-1].append(lexeme)
    return parts if all(parts) else []
