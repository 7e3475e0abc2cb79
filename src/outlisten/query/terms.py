"""Terms: what the words, phrases and entities of a query look for."""

from __future__ import annotations

import re

from outlisten.query.addresses import place_of
from outlisten.query.characters import is_han
from outlisten.query.entities import Entity, find_entities
from outlisten.query.folding import fold
from outlisten.query.lexemes import Lexeme
from outlisten.query.limits import Limits
from outlisten.query.messages import Message, Refused
from outlisten.query.tokens import GAP, stream_items, word_items
from outlisten.query.tree import Address, Code, Exact, Hashtag, Loose, Mention, Node, Wild, Words
from outlisten.query.wildcards import BadWildcard, pieces

_STAR = re.compile(r"\w\*|\*\w")


def term(lexeme: Lexeme, limits: Limits, remarks: list[Message]) -> Node:
    """What a term looks for; remarks on it are added. Raises Refused."""
    match lexeme.form:
        case "hashtag":
            return Hashtag(fold(lexeme.content), prefix=bool(lexeme.wild), at=lexeme.at)
        case "mention":
            return Mention(fold(lexeme.content), at=lexeme.at)
        case "code":
            return Code(fold(lexeme.content), at=lexeme.at)
        case "exact":
            return Exact(lexeme.content, at=lexeme.at)
        case "phrase":
            return _phrase(lexeme, limits, remarks)
        case _:
            return _word(lexeme, remarks)


def _word(lexeme: Lexeme, remarks: list[Message]) -> Node:
    if lexeme.wild:
        return _wild(lexeme, remarks)
    return _words(tuple(word_items(lexeme.content)), lexeme.content, lexeme, remarks)


def _words(items: tuple[str, ...], typed: str, lexeme: Lexeme, remarks: list[Message]) -> Node:
    if len(items) == 1 and is_han(items[0][0]):
        remarks.append(Message("W103", lexeme.at, {"word": typed}))
    return Words(items, typed=typed, at=lexeme.at)


def _wild(lexeme: Lexeme, remarks: list[Message]) -> Node:
    try:
        found, ignored = pieces(lexeme.content, lexeme.wild)
    except BadWildcard:
        raise Refused(Message("E203", lexeme.at)) from None
    if ignored:
        remarks.append(Message("W104", lexeme.at))
    plain = tuple(piece for piece in found if isinstance(piece, str))
    if len(plain) < len(found):
        return Wild(found, typed=lexeme.content, at=lexeme.at)
    if not plain:
        raise Refused(Message("E203", lexeme.at))
    typed = "".join(char for place, char in enumerate(lexeme.content) if place not in lexeme.wild)
    return _words(plain, typed, lexeme, remarks)


def _phrase(lexeme: Lexeme, limits: Limits, remarks: list[Message]) -> Node:
    entities = list(find_entities(lexeme.content))
    if len(entities) == 1 and _is_all(entities[0], lexeme.content):
        return _entity(entities[0], lexeme)
    items = tuple(stream_items(lexeme.content))
    if not items:
        raise Refused(Message("E103", lexeme.at))
    if _STAR.search(lexeme.content):
        written = None if lexeme.slop is not None else " NEAR/0f ".join(lexeme.content.split())
        written = f"({written})" if written and " " in written else written
        variant = "phrase" if written else "loose"
        remarks.append(Message("W111", lexeme.at, {"sign": "*", "near": written}, written, variant))
    tokens = tuple(item for item in items if item != GAP)
    if lexeme.slop is None or len(tokens) < 2:
        return Words(items, typed=lexeme.content, quoted=True, at=lexeme.at)
    check_distance(lexeme.slop, lexeme, limits, remarks)
    return Loose(tokens, lexeme.slop, typed=lexeme.content, at=lexeme.at)


def check_distance(distance: int, typed: Lexeme, limits: Limits, remarks: list[Message]) -> None:
    """Says so when a distance is wide. Raises Refused for one that is not allowed."""
    if distance > limits.distance:
        raise Refused(Message("E304", typed.at, {"count": distance, "limit": limits.distance}))
    if distance > limits.wide_distance:
        remarks.append(Message("W106", typed.at, {"count": distance}))


def _is_all(entity: Entity, content: str) -> bool:
    return not content[: entity.start].strip() and not content[entity.end :].strip()


def _entity(entity: Entity, lexeme: Lexeme) -> Node:
    """A phrase that is one entity means the entity: so hashtags with spaces are written."""
    if entity.kind == "address":
        return Address("link", place_of(entity.name), at=lexeme.at)
    name = fold(entity.name)
    if entity.kind == "hashtag":
        return Hashtag(name, at=lexeme.at)
    return Mention(name, at=lexeme.at) if entity.kind == "mention" else Code(name, at=lexeme.at)
