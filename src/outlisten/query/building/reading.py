"""From a query to its outline."""

from __future__ import annotations

import re
from dataclasses import replace

from outlisten.query.building.leaves import CONDITIONS, leaf_of, leaf_text
from outlisten.query.building.notes import with_notes
from outlisten.query.building.rows import EMPTY, WORDY, Group, Row
from outlisten.query.lexemes import OPERATORS
from outlisten.query.lexer import Lexer
from outlisten.query.limits import comments
from outlisten.query.parser import Query, parse
from outlisten.query.printing import printed
from outlisten.query.tree import (
    And,
    AtLeast,
    Near,
    Node,
    Not,
    Or,
    Scope,
    Within,
    Words,
)
from outlisten.words import Locale

_BRACKETS = re.compile(r"\s*[(（](?P<inside>.*)[)）]\s*", re.DOTALL)
_ONE_PIECE = (["TERM"], ["FIELD", "VALUE"])
_SCOPE = re.compile(r"[(（\s]*(?P<name>\w+)[:：]")


def outline(query: Query) -> Row:
    """The query as nested rows; the root is always a group, and an empty query one without rows.

    Comments stand among the rows. Raises ValueError when the query has mistakes.
    """
    if not query.text.strip():
        return EMPTY
    if query.tree is None:
        raise ValueError("a query with mistakes has no outline")
    reading = _Reading(query)
    root = reading.group(query.tree, _mode_of_one(query.tree))
    return with_notes(replace(root, at=(0, len(query.text))), query.text)


def _mode_of_one(node: Node) -> Group:
    """Whether more rows beside a single one should be alternatives to it: words are, conditions are not."""
    if isinstance(node, Not | Near | AtLeast | Within):
        return "all"
    return "any" if isinstance(node, Or) or _is_wordy(node) else "all"


def _is_wordy(node: Node) -> bool:
    return not isinstance(node, And) and leaf_of(node)[0] in WORDY


class _Reading:
    def __init__(self, query: Query) -> None:
        self.text = query.text
        self.context = query.context

    def group(self, node: Node, mode: Group = "any") -> Row:
        """A part as a group: what is none becomes the only row of one."""
        match node:
            case And() | Or() | Not(And() | Or()):
                return self.row(node)
            case _:
                return Row(mode, (self.row(node),), at=node.at)

    def row(self, node: Node) -> Row:
        """A part as a row."""
        match node:
            case And(parts):
                return Row("all", tuple(map(self.row, parts)), at=node.at)
            case Or(parts):
                return Row("any", tuple(map(self.row, parts)), at=node.at)
            case Not(part):
                return replace(self.row(part), negated=True, at=node.at)
            case Near():
                return Row(
                    "near", (self.group(node.left), self.group(node.right)), "", near_values(node), at=node.at
                )
            case AtLeast(count, part):
                return Row("atleast", (self.group(part),), "", {"count": str(count)}, at=node.at)
            case Within(scope, part):
                values = {"scope": str(scope), "name": self._scope_name(node.at[0], scope)}
                return Row("within", (self.group(part),), "", values, at=node.at)
            case _:
                kind, values = leaf_of(node)
                return Row(kind, (), self._typed(node), values, at=node.at)

    def _scope_name(self, start: int, scope: Scope) -> str:
        """The field's name as it was typed."""
        found = _SCOPE.match(self.text, start)
        return found["name"] if found else scope

    def _typed(self, node: Node) -> str:
        """The leaf as it was typed where that means the same by itself, else written anew."""
        typed = self.text[slice(*node.at)]
        while found := _BRACKETS.fullmatch(typed):
            typed = found["inside"].strip()
        if isinstance(node, Words) and typed == node.typed and typed.isalnum() and typed not in OPERATORS:
            return typed
        kind, values = leaf_of(node)
        locale: Locale = "en" if typed.isascii() else "zh-hans"
        anew = leaf_text(kind, values, locale) if kind in CONDITIONS else typed
        alone = (text for text in (typed, anew) if self._stands_alone(text, node))
        return next(alone, None) or printed(node)

    def _stands_alone(self, typed: str, node: Node) -> bool:
        """Whether a text is one piece, and read as this leaf."""
        if comments(typed) or [piece.kind for piece in Lexer(typed).lexemes()] not in _ONE_PIECE:
            return False
        alone = parse(typed, self.context).tree
        return alone == node and leaf_of(alone) == leaf_of(node)


def near_values(node: Near) -> dict[str, str]:
    """How near, as values of a row."""
    return {
        "distance": "" if node.distance is None else str(node.distance),
        "unit": node.unit,
        "ordered": "yes" if node.ordered else "",
        "apart": "yes" if node.negated else "",
    }
