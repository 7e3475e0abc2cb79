"""Lexemes: the pieces a query is cut into before the grammar orders them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from outlisten.query.fields import Field
from outlisten.query.tree import Span

Kind = Literal["OPEN", "CLOSE", "OR", "AND", "NOT", "NEAR", "ATLEAST", "SCOPE", "FIELD", "VALUE", "TERM"]
Form = Literal["word", "phrase", "exact", "hashtag", "mention", "code"]

# Full-width signs are read as half-width ones, character for character, so that places stay where they are.
HALF_WIDTH = str.maketrans("（）“”「」：｜＋－＊？＃＠｛｝～\u3000", '()"""":|+-*?#@{}~ ')

OPERATORS: dict[str, Kind] = {"AND": "AND", "OR": "OR", "NOT": "NOT"}
NEAR = re.compile(r"(?P<name>NEAR|ONEAR)/(?:(?P<distance>[0-9]{1,9})|(?P<unit>[sp]))(?P<ordered>f?)")
ATLEAST = re.compile(r"ATLEAST/(?P<count>[0-9]{1,9})")
UNFINISHED = re.compile(r"(?:O?NEAR|ATLEAST)(?:/.*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query: its kind, where it stands, and its content without signs and escapes.

    `form` tells how a term or a value was written, `wild` where in the content a `*` or `?` stands for letters,
    `slop` is the number after a phrase's `~`, `field` the field that a value belongs to.
    """

    kind: Kind
    at: Span
    content: str = ""
    form: Form = "word"
    wild: tuple[int, ...] = ()
    slop: int | None = None
    field: Field | None = None
