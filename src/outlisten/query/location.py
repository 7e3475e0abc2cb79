"""Where each item of a stream stands in the original text: cutting again, slowly, with places.

The stream itself comes from the same spelling, so the two cannot disagree about what a token is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from outlisten.query.entities import Entity, find_entities
from outlisten.query.spelling import ENTITY, SEPARATORS, spelled_characters
from outlisten.query.tokens import GAP, stream_items
from outlisten.query.tree import Span

_TOKEN = re.compile(rf"[^{SEPARATORS}]+")


@dataclass(frozen=True, slots=True)
class Located:
    """A text's items, where each stands (a gap between its neighbours), and its entities."""

    text: str
    items: list[str]
    spans: list[Span]
    entities: list[Entity]

    def covered(self, place: Span, shift: int = 0) -> Iterator[Span]:
        """The items that a place in the text touches, moved by `shift`; nothing where no token stands."""
        touched = [
            at
            for at, (start, end) in enumerate(self.spans)
            if start < place[1] and end > place[0] and self.items[at] != GAP
        ]
        if touched:
            yield touched[0] + shift, touched[-1] + 1 + shift


def locate(text: str) -> Located:
    """The items and entities of a text with their places in code points."""
    entities = list(find_entities(text))
    tokens = _token_spans(text, entities)
    spans: list[Span] = []
    items = stream_items(text)
    for item in items:
        spans.append((spans[-1][1], spans[-1][1]) if item == GAP else next(tokens))
    return Located(text, items, spans, entities)


def _token_spans(text: str, entities: list[Entity]) -> Iterator[Span]:
    pieces = list(_spelled(text, entities))
    origin = [(start, end) for spelled, start, end in pieces for _ in spelled]
    for token in _TOKEN.finditer("".join(spelled for spelled, _, _ in pieces)):
        yield origin[token.start()][0], origin[token.end() - 1][1]


def _spelled(text: str, entities: list[Entity]) -> Iterator[tuple[str, int, int]]:
    at = 0
    for entity in entities:
        yield from _shifted(text, at, entity.start)
        yield ENTITY, entity.start, entity.name_start
        if entity.kind == "hashtag":
            yield from _shifted(text, entity.name_start, entity.name_end)
        yield ENTITY, entity.name_end, entity.end
        at = entity.end
    yield from _shifted(text, at, len(text))


def _shifted(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for spelled, first, last in spelled_characters(text[start:end]):
        yield spelled, start + first, start + last
