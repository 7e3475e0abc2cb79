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
    """A part, where it stands in the query as typed, what it does, and whether it is part of another one."""

    typed: str
    at: Span
    effect: Effect
    inner: bool
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
        QueryPart(query.text[slice(*node.at)], node.at, effect, bool(inner), conjunction(rest), query.context)
        for inner, level in enumerate(_levels(query.tree))
        for node, effect, rest in level
    ]
    return sorted(made, key=lambda part: part.at)


def has_parts(query: Query) -> bool:
    """Whether a valid query is made of parts."""
    return isinstance(query.tree, And | Or)


# A part, its effect, and what all holds of the posts that make the difference.
_Difference = tuple[Node, Effect, list[Node]]


def _levels(tree: Node) -> tuple[Iterator[_Difference], Iterator[_Difference]]:
    """The outermost parts, and the parts of these."""
    if isinstance(tree, Or):
        return _offers(tree, []), iter(())
    if not isinstance(tree, And):
        return iter(()), iter(())
    others = [[*tree.parts[:place], *tree.parts[place + 1 :]] for place in range(len(tree.parts))]
    outer = map(_outer, tree.parts, others)
    return outer, (
        found for part, rest in zip(tree.parts, others, strict=True) for found in _inner(part, rest)
    )


def _outer(part: Node, others: list[Node]) -> _Difference:
    if isinstance(part, Not):
        return part, "excludes", [*others, part.part]
    return part, "requires", [*others, Not(part)]


def _inner(part: Node, others: list[Node]) -> Iterator[_Difference]:
    """The alternatives of a part of an AND, and what a NOT with alternatives leaves out one by one."""
    if isinstance(part, Or):
        yield from _offers(part, others)
    elif isinstance(part, Not) and isinstance(part.part, Or):
        for inner, rest in _each(part.part):
            yield inner, "excludes", [*others, _denied(rest), inner]


def _offers(group: Or, others: list[Node]) -> Iterator[_Difference]:
    for inner, rest in _each(group):
        yield inner, "offers", [*others, inner, _denied(rest)]


def _denied(part: Node) -> Node:
    return part.part if isinstance(part, Not) else Not(part)


def _each(group: Or) -> Iterator[tuple[Node, Node]]:
    """Each alternative, and the others."""
    for place, part in enumerate(group.parts):
        yield part, disjunction([*group.parts[:place], *group.parts[place + 1 :]])
