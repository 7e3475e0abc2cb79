"""A tree as query text: reading it again gives an equal tree."""

from __future__ import annotations

import re

from outlisten.query.characters import MARKS, is_spaced
from outlisten.query.tokens import GAP
from outlisten.query.tree import (
    Address,
    And,
    AtLeast,
    Code,
    Dates,
    Exact,
    Flag,
    Glob,
    Hashtag,
    Label,
    Listed,
    Loose,
    Mention,
    Near,
    Node,
    Not,
    Number,
    Or,
    Person,
    Piece,
    Saved,
    Skip,
    Wild,
    Within,
    Word,
    Words,
)
from outlisten.query.wildcards import MOST_SKIPPED

_PLAIN = re.compile(r"[^\W_]+")
_TAG_NAME = re.compile(rf"[\w{MARKS}]+")
_ENTITY_SIGN = re.compile(r"[@＠#＃\[]|://")
_UNITS = {"sentence": "s", "paragraph": "p"}


def printed(node: Node) -> str:
    """The query text of a tree, with the brackets it needs."""
    match node:
        case Or(parts):
            return " OR ".join(_inside(part, Or) for part in parts)
        case And(parts):
            return " ".join(_inside(part, Or, And) for part in parts)
        case Not(part):
            return f"NOT {_inside(part, Or, And)}"
        case Near():
            return (
                f"{_inside(node.left, Or, And, Not)} {_near(node)} {_inside(node.right, Or, And, Not, Near)}"
            )
        case AtLeast(count, part):
            return f"ATLEAST/{count}({printed(part)})"
        case Within(scope, part):
            return f"{scope}:{_inside(part, Or, And, Not, Near, Within)}"
        case _:
            return _leaf(node)


def _inside(node: Node, *weaker: type) -> str:
    """A part, in brackets when it binds no tighter than what stands around it."""
    return f"({printed(node)})" if isinstance(node, weaker) else printed(node)


def _near(node: Near) -> str:
    size = _UNITS.get(node.unit, str(node.distance))
    return f"{'NOT ' if node.negated else ''}NEAR/{size}{'f' if node.ordered else ''}"


def _leaf(node: Node) -> str:
    match node:
        case Words():
            return _words(node)
        case Wild(pieces):
            return _wild(pieces)
        case Loose(_, slop, typed=typed):
            return f"{quoted(typed)}~{slop}"
        case Exact(characters):
            return "{" + re.sub(r"([\\}｝])", r"\\\1", characters) + "}"
        case Hashtag(name, prefix):
            plain = f"#{name}" if _TAG_NAME.fullmatch(name) else quoted(f"#{name}#")
            return f"#{name}*" if prefix else plain
        case Mention(name):
            return f"mention:{quoted(name)}"
        case Code(name):
            return f"[{name}]"
        case _:
            return _field(node)


def _wild(pieces: tuple[Piece, ...]) -> str:
    """A term with wildcards. Words that touch in the stream are written with a hyphen between them."""
    written = ""
    for piece in pieces:
        if isinstance(piece, Skip):
            stars = (piece.high - piece.low) // MOST_SKIPPED
            written += "?" * piece.low + "*" * stars
            continue
        shown = piece.pattern if isinstance(piece, Glob) else "，" if piece == GAP else piece
        touching = written and is_spaced(shown[0]) and (is_spaced(written[-1]) or written[-1] in "*?")
        written += f"-{shown}" if touching else shown
    return written


def _words(node: Words) -> str:
    if _PLAIN.fullmatch(node.typed) and not node.typed.isupper():
        return node.typed
    if not node.quoted and _ENTITY_SIGN.search(node.typed):
        # Between quotation marks it would be an entity; escaped it stays a word.
        return re.sub(r"([^\w])", r"\\\1", node.typed)
    return quoted(node.typed)


def _field(node: Node) -> str:
    match node:
        case Person(field, value, True):
            return f"{field}:" + re.sub(r"([^\w*])", r"\\\1", value)
        case Word(typed=typed):
            return f"word:{quoted(typed)}"
        case Listed(name):
            return f"list:{quoted(name)}"
        case Saved(name):
            return f"query:{quoted(name)}"
        case Person(field, value) | Address(field, value) | Flag(field, value):
            return f"{field}:{quoted(value)}"
        case Label(field, value, floor):
            return f"{field}:{quoted(value if floor is None else f'{value}@{floor:g}')}"
        case Number():
            return f"{node.field}:{_range(node)}"
        case Dates(start, end):
            first, last = (moment.typed if moment else "" for moment in (start, end))
            return f"date:{quoted(f'{first}..{last}')}"
        case _:
            raise TypeError(f"{type(node).__name__} is not a part of a query")


def _range(node: Number) -> str:
    if node.low is not None and not node.low_included:
        return f">{_number(node.low)}"
    if node.high is not None and not node.high_included:
        return f"<{_number(node.high)}"
    low, high = ("" if bound is None else _number(bound) for bound in (node.low, node.high))
    return f"{low}..{high}"


def _number(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:.6f}".rstrip("0")


def quoted(text: str) -> str:
    """Text between quotation marks, with those inside it made ordinary."""
    return '"' + re.sub(r'(["“”「」\\])', r"\\\1", text) + '"'
