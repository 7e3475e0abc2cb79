"""Terms: what the words, phrases and entities of a query look for."""

from __future__ import annotations

from outlisten.query.addresses import place_of
from outlisten.query.characters import is_han
from outlisten.query.entities import Entity, find_entities
from outlisten.query.folding import fold
from outlisten.query.lexemes import Lexeme
from outlisten.query.messages import Message, Phrase, Refused
from outlisten.query.tokens import stream_items, word_items
from outlisten.query.tree import Address, Code, Hashtag, Mention, Node, Words

WILDCARDS = Phrase("A wildcard inside a word")
LOOSE_PHRASE = Phrase('A loose phrase ("…"~n)')
EXACT = Phrase("The exact form {…}")


def later(what: Phrase | str, lexeme: Lexeme) -> Refused:
    """The refusal of a part of the language that cannot be searched with yet."""
    return Refused(Message("E290", lexeme.at, {"what": what}))


def term(lexeme: Lexeme, remarks: list[Message]) -> Node:
    """What a term looks for; remarks on it are added. Raises Refused."""
    if lexeme.form == "hashtag":
        return Hashtag(fold(lexeme.content), prefix=bool(lexeme.wild), at=lexeme.at)
    if lexeme.form == "mention":
        return Mention(fold(lexeme.content), at=lexeme.at)
    if lexeme.form == "code":
        return Code(fold(lexeme.content), at=lexeme.at)
    if lexeme.form == "exact":
        raise later(EXACT, lexeme)
    return _phrase(lexeme) if lexeme.form == "phrase" else _word(lexeme, remarks)


def _word(lexeme: Lexeme, remarks: list[Message]) -> Node:
    content, wild = lexeme.content, lexeme.wild
    end = len(content)
    while wild and wild[-1] == end - 1:
        wild, end = wild[:-1], end - 1
    if end and is_han(content[end - 1]):
        if end < len(content):
            remarks.append(Message("W104", lexeme.at))
        content = content[:end]
    else:
        wild = lexeme.wild
    if wild:
        raise Refused(Message("E203", lexeme.at)) if wild[0] == 0 else later(WILDCARDS, lexeme)
    items = tuple(word_items(content))
    if len(items) == 1 and is_han(items[0][0]):
        remarks.append(Message("W103", lexeme.at, {"word": content}))
    return Words(items, typed=content, at=lexeme.at)


def _phrase(lexeme: Lexeme) -> Node:
    entities = list(find_entities(lexeme.content))
    if len(entities) == 1 and _is_all(entities[0], lexeme.content):
        return _entity(entities[0], lexeme)
    if lexeme.slop is not None:
        raise later(LOOSE_PHRASE, lexeme)
    items = tuple(stream_items(lexeme.content))
    if not items:
        raise Refused(Message("E103", lexeme.at))
    return Words(items, typed=lexeme.content, quoted=True, at=lexeme.at)


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
