"""Where in a post's original words a query matches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from outlisten.query.addresses import lies_under
from outlisten.query.entities import Entity
from outlisten.query.exact import occurrences
from outlisten.query.folding import fold
from outlisten.query.location import Located
from outlisten.query.parser import Query
from outlisten.query.spans import Scope, spans, times
from outlisten.query.tree import (
    Address,
    AtLeast,
    Code,
    Exact,
    Hashtag,
    Loose,
    Mention,
    Near,
    Node,
    Not,
    Span,
    Wild,
    Within,
    Word,
    Words,
    children,
)
from outlisten.query.view import View

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
    view = View({"title": title, "text": text})
    return Highlights(_marks(query.tree, "title", view), _marks(query.tree, "text", view))


def _marks(tree: Node, field: Literal["title", "text"], view: View) -> list[Span]:
    parts = list(_positive(tree, field))
    if not view.text(field) or not parts:
        return []
    located, start = view.located(field), 0 if field == "title" else view.body_start
    items = {place for part in parts for place in _places(part, view, field)}
    items = {(low - start, high - start) for low, high in items if 0 <= low - start < len(located.items)}
    exact = (part.characters for part in parts if isinstance(part, Exact))
    found = [
        *_phrases([part for part in parts if isinstance(part, Words)], located),
        *((located.spans[low][0], located.spans[high - 1][1]) for low, high in items),
        *(place for characters in exact for place in occurrences(located.text, characters)),
        *_entities(parts, located.entities),
    ]
    return _merged(found)


def _positive(node: Node, field: str) -> Iterator[Node]:
    """The parts that are looked for in this field; NEAR and ATLEAST as a whole."""
    if isinstance(node, Not) or (isinstance(node, Within) and node.scope != field):
        return
    inside = () if isinstance(node, Near | AtLeast) else children(node)
    if not inside:
        yield node
    for part in inside:
        yield from _positive(part, field)


def _places(node: Node, view: View, scope: Scope) -> set[Span]:
    """The items to mark for a part that depends on where words stand."""
    match node:
        case Wild() | Word():
            return spans(node, view, scope)
        case Loose(items):
            windows = spans(node, view, scope)
            return {
                (at, at + 1) for low, high in windows for at in range(low, high) if view.items[at] in items
            }
        case Near():
            return _inside(_operands(node), spans(node, view, scope), view, scope)
        case AtLeast(count, part):
            found = spans(part, view, scope)
            return _inside([part], found, view, scope) if times(found) >= count else set()
        case _:
            return set()


def _operands(node: Near) -> list[Node]:
    return [node.left] if node.negated else [node.left, node.right]


def _inside(parts: Iterable[Node], found: set[Span], view: View, scope: Scope) -> set[Span]:
    """The places of the leaves of these parts that lie inside the found ones."""
    marks: set[Span] = set()
    for part in parts:
        leaves = (leaf for leaf in _positive(part, scope or "text"))
        for leaf in leaves:
            places = _places(leaf, view, scope) or (
                set() if isinstance(leaf, Near) else spans(leaf, view, scope)
            )
            marks |= {
                place for place in places if any(low <= place[0] and place[1] <= high for low, high in found)
            }
    return marks


def _phrases(phrases: list[Words], located: Located) -> Iterator[Span]:
    by_first: dict[str, set[tuple[str, ...]]] = {}
    for phrase in phrases:
        by_first.setdefault(phrase.items[0], set()).add(phrase.items)
    items, places = tuple(located.items), located.spans
    for at, item in enumerate(items):
        for wanted in by_first.get(item, ()):
            if items[at : at + len(wanted)] == wanted:
                yield places[at][0], places[at + len(wanted) - 1][1]


def _entities(parts: list[Node], entities: list[Entity]) -> Iterator[Span]:
    wanted = [part for part in parts if isinstance(part, Entry)]
    for entity in entities:
        if any(_names(part, entity) for part in wanted):
            yield entity.start, entity.end


def _names(part: Entry, entity: Entity) -> bool:
    match part:
        case Hashtag(name, prefix):
            folded = fold(entity.name)
            return entity.kind == "hashtag" and (folded.startswith(name) if prefix else folded == name)
        case Mention(name):
            return entity.kind == "mention" and fold(entity.name) == name
        case Code(name):
            return entity.kind == "code" and fold(entity.name) == name
        case Address(field, value):
            return field == "link" and entity.kind == "address" and lies_under(entity.name, value)


def _merged(places: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(places):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
