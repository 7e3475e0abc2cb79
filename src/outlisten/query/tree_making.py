"""Builds the tree of a query from the syntax the grammar found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lark import Token
from lark.visitors import Transformer_NonRecursive

from outlisten.query.lexemes import ATLEAST, NEAR, Lexeme
from outlisten.query.limits import Limits
from outlisten.query.messages import Message, Refused
from outlisten.query.nearness import refuse_inside
from outlisten.query.shelf import Shelf
from outlisten.query.terms import check_distance, term
from outlisten.query.tree import (
    And,
    AtLeast,
    Exact,
    Loose,
    Near,
    Node,
    Not,
    Or,
    Saved,
    Scope,
    Span,
    Unit,
    Wild,
    Within,
    Word,
    Words,
    conjunction,
    disjunction,
    walk,
)
from outlisten.query.values import value

_UNREADABLE = Words(())  # stands for a part that was refused; the query is not used then
_UNITS: dict[str, Unit] = {"s": "sentence", "p": "paragraph"}
_SCOPES: dict[str, Scope] = {"title": "title", "text": "text", "quoted": "quoted"}


class TreeMaker(Transformer_NonRecursive):  # type: ignore[misc]  # no types are read from lark
    """One method a rule of the grammar. Refusals and remarks are added to `messages`; `shelf` holds what is saved.

    Not recursive: the nesting that is allowed would take most of Python's stack.
    """

    def __init__(self, limits: Limits, messages: list[Message], shelf: Shelf) -> None:
        super().__init__(visit_tokens=False)
        self.limits = limits
        self.messages = messages
        self.shelf = shelf

    def _or_refused(self, make: Callable[[], Node]) -> Node:
        try:
            return make()
        except Refused as refused:
            self.messages.append(refused.message)
            return _UNREADABLE

    def leaf(self, found: list[Token]) -> Node:
        """A term, a phrase, an exact form or an entity."""
        return self._or_refused(lambda: term(_lexeme(found[0]), self.limits, self.messages))

    def value(self, found: list[Token]) -> Node:
        """A field with one value."""
        field, typed = map(_lexeme, found)
        return replace(self._value(typed), at=(field.at[0], typed.at[1]))

    def value_list(self, found: list[Token]) -> Node:
        """A field with several values, any of which will do."""
        values = [self._value(_lexeme(token)) for token in found if token.type == "VALUE"]
        at = (_lexeme(found[0]).at[0], _lexeme(found[-1]).at[1])
        return replace(disjunction(values, at), at=at)

    def _value(self, typed: Lexeme) -> Node:
        assert typed.field is not None
        if typed.field.name == "followers":
            self.messages.append(Message("W108", typed.at))
        if typed.field.kind in {"query", "list"}:
            return self._or_refused(lambda: self.shelf.taken(typed))
        return self._or_refused(lambda: value(typed))

    def within(self, found: list[Any]) -> Node:
        """A part that is asked of the title or the body only."""
        scope, part = _lexeme(found[0]), found[1]
        assert scope.field is not None
        at = (scope.at[0], part.at[1])
        inside = next((inner for inner in walk(part) if not _is_of_words(inner)), None)
        if inside is not None:
            values = {"field": f"{scope.field.name}:"}
            self.messages.append(Message("E206", inside.at, values, None, "scope"))
            return _UNREADABLE
        return Within(_SCOPES[scope.field.name], part, at=at)

    def near(self, found: list[Any]) -> Node:
        """Two parts within a distance of each other."""
        return self._or_refused(lambda: self._near(found[0], _lexeme(found[1]), found[2]))

    def _near(self, left: Node, typed: Lexeme, right: Node) -> Node:
        size = NEAR.fullmatch(typed.content.removeprefix("NOT "))
        assert size is not None
        distance = int(size["distance"]) if size["distance"] else None
        if distance is not None:
            check_distance(distance, typed, self.limits, self.messages)
        near = Near(
            left, right, distance, _UNITS.get(size["unit"] or "", "token"), at=(left.at[0], right.at[1]),
            ordered=bool(size["ordered"]) or size["name"] == "ONEAR", negated=typed.content.startswith("NOT "),
        )  # fmt: skip
        refuse_inside(near)
        return near

    def at_least(self, found: list[Any]) -> Node:
        """A part that must match several times."""
        return self._or_refused(lambda: self._at_least(_lexeme(found[0]), found[2], _lexeme(found[3])))

    def _at_least(self, typed: Lexeme, part: Node, end: Lexeme) -> Node:
        size = ATLEAST.fullmatch(typed.content)
        assert size is not None
        count = int(size["count"])
        if not count:
            raise Refused(Message("E105", typed.at, {"near": "ATLEAST/2"}, "ATLEAST/2", "near"))
        if count > self.limits.terms:
            raise Refused(
                Message("E304", typed.at, {"count": count, "limit": self.limits.terms}, None, "at least")
            )
        counted = AtLeast(count, part, at=(typed.at[0], end.at[1]))
        refuse_inside(counted)
        return counted

    def brackets(self, found: list[Any]) -> Node:
        """A group; its place includes the brackets."""
        at: Span = (_lexeme(found[0]).at[0], _lexeme(found[2]).at[1])
        inside: Node = found[1]
        return (
            replace(inside, at=at, bracketed=True) if isinstance(inside, And | Or) else replace(inside, at=at)
        )

    def negation(self, found: list[Any]) -> Node:
        """NOT; a second one takes the first away."""
        sign, part = _lexeme(found[0]), found[1]
        at = (sign.at[0], part.at[1])
        if isinstance(part, Not):
            self.messages.append(Message("W110", at))
            return replace(part.part, at=at)
        return Not(part, at=at)

    def and_expr(self, found: list[Any]) -> Node:
        """Parts that must all hold."""
        parts = [part for part in found if not isinstance(part, Token)]
        # One part alone stays as it is: opened up, a group would forget that it stood in brackets.
        return parts[0] if len(parts) == 1 else conjunction(parts, (parts[0].at[0], parts[-1].at[1]))

    def or_expr(self, found: list[Any]) -> Node:
        """Parts of which one must hold."""
        parts = [part for part in found if not isinstance(part, Token)]
        return parts[0] if len(parts) == 1 else disjunction(parts, (parts[0].at[0], parts[-1].at[1]))


def _lexeme(token: Token) -> Lexeme:
    lexeme = token.value
    assert isinstance(lexeme, Lexeme)
    return lexeme


def _is_of_words(node: Node) -> bool:
    return isinstance(node, And | Or | Not | Near | AtLeast | Words | Wild | Loose | Word | Exact | Saved)
