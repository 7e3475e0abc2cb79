"""Entities of a text: addresses, mentions, hashtags and emoticon codes, found in the original words.

The rules are part 5.1 to 5.4 of the query language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from outlisten.query.characters import CJK_PUNCTUATION, HAN, KANA, LINE_BREAKS, MARKS, SPACELESS

Kind = Literal["address", "mention", "hashtag", "code"]

# Codes without a Han character that networks print in brackets; any other bracketed word is plain text.
CODES_WITHOUT_HAN = ("doge", "ok", "orz")
TAG_SUFFIX = "[话题]"
TAG_LENGTH = 40
CODE_LENGTH = 8

_LETTER = r"[^\W_]"
_NOT_AFTER_A_SPACED_LETTER = rf"(?<![^\W_{HAN}{KANA}{SPACELESS}])(?<![\u0300-\u036f])"
# Quotation marks and angle brackets are never part of an address (RFC 3986), and HTML is full of them.
_IN_ADDRESS = rf"\s<>\"{CJK_PUNCTUATION}"
_SEGMENT = rf"(?:[{HAN}][^{_IN_ADDRESS}/]*|[^{_IN_ADDRESS}/{HAN}]*)"
_SCHEME = r"(?i:https?)://"
ADDRESS = rf"{_SCHEME}(?=[^{_IN_ADDRESS}/]){_SEGMENT}(?:/{_SEGMENT})*"
# An address that follows a name without a space is still an address.
NAME = rf"(?:(?!{_SCHEME})[\w{MARKS}])+"
HANDLE = rf"(?:(?!{_SCHEME})[\w{MARKS}-])+"
_INSIDE_TAG = rf"(?!{_SCHEME})[^#＃{LINE_BREAKS}]"
PAIRED_TAG = rf"[#＃](?!\s){_INSIDE_TAG}{{1,{TAG_LENGTH}}}(?<!\s)[#＃]"
_WITH_HAN = rf"(?=[^\[\]]{{0,{CODE_LENGTH - 1}}}[{HAN}]){_LETTER}{{1,{CODE_LENGTH}}}"
CODE = rf"\[(?:{_WITH_HAN}|(?i:{'|'.join(CODES_WITHOUT_HAN)}))\]"

ENTITY = re.compile(
    rf"(?P<address>{ADDRESS})"
    rf"|{_NOT_AFTER_A_SPACED_LETTER}(?:"
    rf"[@＠](?P<mention>{HANDLE})"
    rf"|(?![#＃]\ufe0f?\u20e3)(?:(?P<paired>{PAIRED_TAG})|[#＃](?P<tag>{NAME})(?:{re.escape(TAG_SUFFIX)})?))"
    rf"|(?P<code>{CODE})"
)
# Where an entity can begin, or where the scheme of an address ends: quicker to look for than the entities.
_HINT = re.compile(r"[@＠#＃\[:]")


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity: its kind, what it names, where it stands, and where its name stands."""

    kind: Kind
    name: str
    start: int
    end: int
    name_start: int
    name_end: int


def find_entities(text: str) -> Iterator[Entity]:
    """The entities of a text from left to right; they never overlap."""
    at = 0
    while hint := _HINT.search(text, at):
        start = hint.start()
        if text[start] == ":":
            start = _scheme_start(text, start, at)
        match = ENTITY.match(text, start) if start >= 0 else None
        found = _entity(match) if match else None
        if found:
            yield found
        at = max(found.end if found else 0, hint.end())


def _scheme_start(text: str, colon: int, at: int) -> int:
    """Where the scheme before this colon starts; -1 when none does."""
    for scheme in ("https", "http"):
        start = colon - len(scheme)
        if start >= at and text.startswith("//", colon + 1) and text[start:colon].lower() == scheme:
            return start
    return -1


def _entity(match: re.Match[str]) -> Entity | None:
    kind = match.lastgroup
    start, end = match.span()
    if kind == "address":
        address = match.group().rstrip(".,;:!?)'")
        if len(address) <= address.find("://") + len("://"):
            return None
        return _named("address", address, start, start + len(address), 0)
    if kind == "paired":
        return _named("hashtag", _without_suffix(match.group()[1:-1]), start, end, 1)
    if kind == "code":
        return _named("code", match.group()[1:-1], start, end, 1)
    return _named("hashtag" if kind == "tag" else "mention", match.group(str(kind)), start, end, 1)


def _without_suffix(name: str) -> str:
    while name.endswith(TAG_SUFFIX):
        name = name.removesuffix(TAG_SUFFIX)
    return name


def _named(kind: Kind, name: str, start: int, end: int, sign: int) -> Entity | None:
    return Entity(kind, name, start, end, start + sign, start + sign + len(name)) if name else None


def entity_at(text: str, at: int) -> Entity | None:
    """The entity that begins exactly here, if one does."""
    match = ENTITY.match(text, at)
    return _entity(match) if match else None
