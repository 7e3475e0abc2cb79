"""What each part of a query does: the query without the part, and the posts that make the difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from outlisten.query.parser import Query
from outlisten.query.printing import printed
from outlisten.query.tree import And, Node, Not, Or, Span, conjunction, disjunction

# `requires` and `excludes` take posts away, `offers` brings them.
Effect = Literal["requires", "excludes", "offers"]


@dataclass(frozen=True, slots=True)
class QueryPart:
    """A part, where it stands in the query as typed, what it does, and the query that finds the posts it takes away
    or brings: those found by the query only without it, or only with it."""

    typed: str
    at: Span
    effect: Effect
    difference: Query


def parts(query: Query) -> list[QueryPart]:
    """The parts of AND and OR at the outermost two levels, in the order they were typed; none for a single term.

    Raises ValueError when the query is not valid.
    """
    if query.tree is None:
        raise ValueError("a query with mistakes has no parts")
    made = [_part(query, *variant) for variant in _variants(query.tree)]
    return sorted(made, key=lambda part: part.at)


def _part(query: Query, node: Node, effect: Effect, without: Node) -> QueryPart:
    assert query.tree is not None
    first, last = (query.tree, without) if effect == "offers" else (without, query.tree)
    difference = conjunction([first, Not(last)])
    asked = Query(printed(difference), difference, (), query.context)
    return QueryPart(query.text[slice(*node.at)], node.at, effect, asked)


def _variants(tree: Node) -> Iterator[tuple[Node, Effect, Node]]:
    """(part, effect, the tree without the part)"""
    if isinstance(tree, Or):
        for part, rest in _each(tree):
            yield part, "offers", rest
    elif isinstance(tree, And):
        for place, part in enumerate(tree.parts):
            others = [*tree.parts[:place], *tree.parts[place + 1 :]]
            yield part, "excludes" if isinstance(part, Not) else "requires", conjunction(others)
            for inner, effect, rest in _inner(part):
                yield inner, effect, conjunction([*tree.parts[:place], rest, *tree.parts[place + 1 :]])


def _inner(part: Node) -> Iterator[tuple[Node, Effect, Node]]:
    """The alternatives of a part of an AND, and what a NOT with alternatives leaves out one by one."""
    if isinstance(part, Or):
        yield from ((inner, "offers", rest) for inner, rest in _each(part))
    elif isinstance(part, Not) and isinstance(part.part, Or):
        yield from ((inner, "excludes", Not(rest)) for inner, rest in _each(part.part))


def _each(group: Or) -> Iterator[tuple[Node, Node]]:
    """Each alternative, and the others."""
    for place, part in enumerate(group.parts):
        yield part, disjunction([*group.parts[:place], *group.parts[place + 1 :]])
