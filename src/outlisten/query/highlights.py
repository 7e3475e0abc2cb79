"""Where in a post's original words a query matches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from outlisten.query.addresses import lies_under
from outlisten.query.entities import Entity
from outlisten.query.folding import fold
from outlisten.query.location import Located, locate
from outlisten.query.parser import Query
from outlisten.query.tree import Address, Code, Hashtag, Mention, Node, Not, Span, Within, Words, children

Entry = Hashtag | Mention | Code | Address


@dataclass(frozen=True, slots=True)
class Highlights:
    """What to mark, `[start, end)` in code points of the original; sorted, never overlapping."""

    title: list[Span]
    text: list[Span]


def highlights(query: Query, title: str | None, text: str) -> Highlights:
    """Every place that a positive part of the query matches; nothing for a query that is not valid."""
    if query.tree is None:
        return Highlights([], [])
    return Highlights(_marks(query.tree, "title", title or ""), _marks(query.tree, "text", text))


def _marks(tree: Node, field: str, text: str) -> list[Span]:
    leaves = list(_positive(tree, field))
    if not text or not leaves:
        return []
    located = locate(text)
    spans = [*_phrases(leaves, located), *_entities(leaves, located.entities)]
    return _merged(spans)


def _positive(node: Node, field: str) -> Iterator[Node]:
    """The leaves that are looked for in this field."""
    if isinstance(node, Not) or (isinstance(node, Within) and node.scope != field):
        return
    inside = children(node)
    if not inside:
        yield node
    for part in inside:
        yield from _positive(part, field)


def _phrases(leaves: list[Node], located: Located) -> Iterator[Span]:
    by_first: dict[str, set[tuple[str, ...]]] = {}
    for leaf in leaves:
        if isinstance(leaf, Words):
            by_first.setdefault(leaf.items[0], set()).add(leaf.items)
    items, spans = tuple(located.items), located.spans
    for at, item in enumerate(items):
        for wanted in by_first.get(item, ()):
            if items[at : at + len(wanted)] == wanted:
                yield spans[at][0], spans[at + len(wanted) - 1][1]


def _entities(leaves: list[Node], entities: list[Entity]) -> Iterator[Span]:
    wanted = [leaf for leaf in leaves if isinstance(leaf, Entry)]
    for entity in entities:
        if any(_names(leaf, entity) for leaf in wanted):
            yield entity.start, entity.end


def _names(leaf: Entry, entity: Entity) -> bool:
    match leaf:
        case Hashtag(name, prefix):
            folded = fold(entity.name)
            return entity.kind == "hashtag" and (folded.startswith(name) if prefix else folded == name)
        case Mention(name):
            return entity.kind == "mention" and fold(entity.name) == name
        case Code(name):
            return entity.kind == "code" and fold(entity.name) == name
        case Address(field, value):
            return field == "link" and entity.kind == "address" and lies_under(entity.name, value)


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
