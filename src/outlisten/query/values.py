"""Values of fields: what `lang:zh`, `likes:>=100` or `date:2026-11-01..` ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal
from unicodedata import normalize

from outlisten.query.addresses import place_of
from outlisten.query.fields import OPEN, Field, label_form, nearest_value
from outlisten.query.folding import fold
from outlisten.query.lexemes import Lexeme
from outlisten.query.messages import Message, Refused
from outlisten.query.moments import Clock, Moment, moment_from
from outlisten.query.printing import quoted
from outlisten.query.tokens import word_items
from outlisten.query.tree import Address, Dates, Exact, Flag, Label, Mention, Node, Number, Person, Word

_NUMBER = r"[0-9]{1,15}(?:\.[0-9]{1,6})?"
_RANGE = re.compile(rf"(?P<low>{_NUMBER})?\.\.(?P<high>{_NUMBER})?")
_COMPARISON = re.compile(rf"(?P<sign>>=|<=|>|<|=|)(?P<number>{_NUMBER})")
_FLOOR = re.compile(r"(?P<value>.+)@(?P<floor>0?\.[0-9]{1,6}|[01])")
_BARE = re.compile(r"[\w./-]+")
_NEVER = Clock()


def value(lexeme: Lexeme) -> Node:
    """What a field's value asks for. Raises Refused."""
    assert lexeme.field is not None
    return _READERS[lexeme.field.kind](lexeme.field, lexeme)


def _refused(lexeme: Lexeme, variant: str = "", **values: object) -> Refused:
    assert lexeme.field is not None
    said = {"field": f"{lexeme.field.name}:", "value": lexeme.content, **values}
    return Refused(Message("E206", lexeme.at, said, None, variant))


def _person(field: Field, lexeme: Lexeme) -> Node:
    name = fold(lexeme.content.strip().removeprefix("@").removeprefix("＠"))
    if not name.strip("*"):
        raise _refused(lexeme)
    which: Literal["to", "author"] = "to" if field.name == "to" else "author"
    wild = any(lexeme.content[place] in "*＊" for place in lexeme.wild)
    return Person(which, name, wild, at=lexeme.at)


def _exact(field: Field, lexeme: Lexeme) -> Node:
    return Exact(lexeme.content, at=lexeme.at)


def _in_words(field: Field, lexeme: Lexeme) -> Node:
    items = tuple(word_items(lexeme.content))
    if not items:
        raise _refused(lexeme)
    return Word(items, typed=lexeme.content, at=lexeme.at)


def _mention(field: Field, lexeme: Lexeme) -> Node:
    return Mention(fold(lexeme.content.strip().removeprefix("@").removeprefix("＠")), at=lexeme.at)


def _address(field: Field, lexeme: Lexeme) -> Node:
    typed = normalize("NFKC", lexeme.content.strip())
    if "*" in typed:
        raise _starred(lexeme, typed)
    if field.name == "url":
        return Address("url", typed, at=lexeme.at)
    place = place_of(typed)
    if not place:
        raise _refused(lexeme)
    if field.name == "site":
        return Address("site", place.partition("/")[0], at=lexeme.at)
    return Address("link", place, at=lexeme.at)


def _starred(lexeme: Lexeme, typed: str) -> Refused:
    """Addresses take no wildcards; a part of one, or a domain with everything under it, needs none."""
    assert lexeme.field is not None
    near = typed.strip("*").lstrip(".") if lexeme.field.name == "url" or not typed.endswith("*") else ""
    if not near or "*" in near:
        return _refused(lexeme)
    near = near if _BARE.fullmatch(near) else quoted(near)
    said = {"field": f"{lexeme.field.name}:", "value": typed, "near": near}
    return Refused(Message("E206", lexeme.at, said, near, "near"))


def _label(field: Field, lexeme: Lexeme) -> Node:
    typed, floor = lexeme.content.strip(), None
    if field.classified and (found := _FLOOR.fullmatch(normalize("NFKC", typed))):
        typed, floor = found["value"], float(found["floor"])
    known = (field.values or {}).get(fold(typed))
    if known is None and field.name not in OPEN:
        raise _unknown_value(field, lexeme, typed)
    return Label(field.name, known or label_form(field.name, typed), floor, at=lexeme.at)


def _flag(field: Field, lexeme: Lexeme) -> Node:
    known = (field.values or {}).get(fold(lexeme.content))
    if known is None:
        raise _unknown_value(field, lexeme, lexeme.content)
    return Flag("has" if field.name == "has" else "is", known, at=lexeme.at)


def _unknown_value(field: Field, lexeme: Lexeme, typed: str) -> Refused:
    near = nearest_value(field, typed)
    if near:
        said = {"field": f"{field.name}:", "value": typed, "near": near}
        return Refused(Message("E206", lexeme.at, said, near, "near"))
    choice = ", ".join(dict.fromkeys((field.values or {}).values()))
    return _refused(lexeme, "choice", value=typed, choice=choice)


def _number(field: Field, lexeme: Lexeme) -> Node:
    typed = normalize("NFKC", lexeme.content).replace(" ", "")
    if found := _RANGE.fullmatch(typed):
        low, high = (float(bound) if bound else None for bound in found.groups())
        if low is None and high is None:
            raise _refused(lexeme, "number")
        if low is not None and high is not None and low > high:
            raise _refused(lexeme, "range")
        return Number(field.name, low, high, at=lexeme.at)
    found = _COMPARISON.fullmatch(typed)
    if not found:
        raise _refused(lexeme, "number")
    return _compared(field.name, found["sign"], float(found["number"]), lexeme)


def _compared(name: str, sign: str, number: float, lexeme: Lexeme) -> Number:
    included = "=" in sign
    if sign.startswith(">"):
        return Number(name, number, None, low_included=included, at=lexeme.at)
    if sign.startswith("<"):
        return Number(name, None, number, high_included=included, at=lexeme.at)
    return Number(name, number, number, at=lexeme.at)


def _dates(field: Field, lexeme: Lexeme) -> Node:
    typed = normalize("NFKC", lexeme.content).strip()
    first, dots, last = typed.partition("..")
    if field.name != "date" or not dots:
        moment = _moment(typed, lexeme)
        start = None if field.name == "until" else moment
        end = None if field.name == "since" else moment
        return Dates(start, end, at=lexeme.at)
    if not first and not last:
        raise _refused(lexeme, "date")
    start, end = (_moment(part, lexeme) if part else None for part in (first, last))
    if start and end and start.span(_NEVER)[0] >= end.span(_NEVER)[1]:
        raise _refused(lexeme, "range")
    return Dates(start, end, at=lexeme.at)


def _moment(typed: str, lexeme: Lexeme) -> Moment:
    moment = moment_from(typed)
    if moment is None:
        raise _refused(lexeme, "date", value=typed)
    return moment


_READERS: Mapping[str, Callable[[Field, Lexeme], Node]] = {
    "person": _person,
    "mention": _mention,
    "address": _address,
    "label": _label,
    "flag": _flag,
    "number": _number,
    "date": _dates,
    "exact": _exact,
    "word": _in_words,
}
