"""What each part of a query does: the query without the part, and the posts that make the difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from outlisten.query.parser import Context, Query
from outlisten.query.printing import printed
from outlisten.query.tree import And, Node, Not, Or, Span, conjunction, disjunction

# `requires` and `excludes` take posts away, `offers` brings them.
Effect = Literal["requires", "excludes", "offers"]


@dataclass(frozen=True)
class QueryPart:
    """A part, where it stands in the query as typed, and what it does."""

    typed: str
    at: Span
    effect: Effect
    rest: Node = field(repr=False)
    context: Context = field(repr=False)

    @cached_property
    def difference(self) -> Query:
        """The query that finds the posts the part takes away or brings: those found by the query only without it, or
        only with it."""
        return Query(printed(self.rest), self.rest, (), self.context)


def parts(query: Query) -> list[QueryPart]:
    """The parts of AND and OR at the outermost two levels, in the order they were typed; none for a single term.

    Raises ValueError when the query is not valid.
    """
    if query.tree is None:
        raise ValueError("a query with mistakes has no parts")
    made = [
        QueryPart(query.text[slice(*node.at)], node.at, effect, conjunction(rest), query.context)
        for node, effect, rest in _differences(query.tree)
    ]
    return sorted(made, key=lambda part: part.at)


def has_parts(query: Query) -> bool:
    """Whether a valid query is made of parts."""
    return isinstance(query.tree, And | Or)


def _differences(tree: Node) -> Iterator[tuple[Node, Effect, list[Node]]]:
    """(part, effect, what all holds of the posts that make the difference)"""
    if isinstance(tree, Or):
        yield from _offers(tree, [])
    elif isinstance(tree, And):
        for place, part in enumerate(tree.parts):
            others = [*tree.parts[:place], *tree.parts[place + 1 :]]
            if isinstance(part, Not):
                yield part, "excludes", [*others, part.part]
            else:
                yield part, "requires", [*others, Not(part)]
            yield from _inner(part, others)


def _inner(part: Node, others: list[Node]) -> Iterator[tuple[Node, Effect, list[Node]]]:
    """The alternatives of a part of an AND, and what a NOT with alternatives leaves out one by one."""
    if isinstance(part, Or):
        yield from _offers(part, others)
    elif isinstance(part, Not) and isinstance(part.part, Or):
        for inner, rest in _each(part.part):
            yield inner, "excludes", [*others, _denied(rest), inner]


def _offers(group: Or, others: list[Node]) -> Iterator[tuple[Node, Effect, list[Node]]]:
    for inner, rest in _each(group):
        yield inner, "offers", [*others, inner, _denied(rest)]


def _denied(part: Node) -> Node:
    return part.part if isinstance(part, Not) else Not(part)


def _each(group: Or) -> Iterator[tuple[Node, Node]]:
    """Each alternative, and the others."""
    for place, part in enumerate(group.parts):
        yield part, disjunction([*group.parts[:place], *group.parts[place + 1 :]])
