"""The tree of a query: what the grammar makes, and what SQL, matcher, evaluator and explanation all read.

Frozen values. `at` is where a part was typed, `[start, end)` in code points of the query; it and the words as
typed never take part in comparison, so two trees are equal when they mean the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from outlisten.query.moments import Moment

Span = tuple[int, int]
Unit = Literal["token", "sentence", "paragraph"]
Scope = Literal["title", "text", "quoted"]
NOWHERE: Span = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Anything that stands in a query."""

    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class And(Part):
    """Every part holds. Two or more parts, none of them an And."""

    parts: tuple[Node, ...]
    bracketed: bool = field(default=False, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Or(Part):
    """At least one part holds. Two or more parts, none of them an Or."""

    parts: tuple[Node, ...]
    bracketed: bool = field(default=False, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Not(Part):
    """The part does not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class Near(Part):
    """Both sides within a distance: `distance` other tokens, or the same sentence or paragraph (distance None).

    `negated`: some left side has no right side that near.
    """

    left: Node
    right: Node
    distance: int | None
    unit: Unit = "token"
    ordered: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class AtLeast(Part):
    """At least `count` matches that do not overlap, title and body added together."""

    count: int
    part: Node


@dataclass(frozen=True, slots=True)
class Within(Part):
    """What the part says of words is asked of one field only. `quoted` is the text of the post it quotes."""

    scope: Scope
    part: Node


@dataclass(frozen=True, slots=True)
class Words(Part):
    """A term or a phrase: these items of the stream, one after the other. Gap markers are items too."""

    items: tuple[str, ...]
    typed: str = field(default="", compare=False, kw_only=True)
    quoted: bool = field(default=False, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Glob:
    """One token: `*` stands for any letters and digits, `?` for exactly one."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Any tokens, so many at least and at most; no gap marker among them."""

    low: int
    high: int


Piece = str | Glob | Skip


@dataclass(frozen=True, slots=True)
class Wild(Part):
    """A term with wildcards: these pieces, one after the other. A string is one item of the stream."""

    pieces: tuple[Piece, ...]
    typed: str = field(default="", compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Loose(Part):
    """A phrase with slop: all of these tokens in any order, at most `slop` other items between the outermost two."""

    items: tuple[str, ...]
    slop: int
    typed: str = field(default="", compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Word(Part):
    """These items, where the segmenter puts the edge of a word on both sides."""

    items: tuple[str, ...]
    typed: str = field(default="", compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Exact(Part):
    """The same characters in the original text."""

    characters: str


@dataclass(frozen=True, slots=True)
class Hashtag(Part):
    """A hashtag by its folded name, or by how the name begins."""

    name: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Mention(Part):
    """A mention of the account with this folded handle."""

    name: str


@dataclass(frozen=True, slots=True)
class Code(Part):
    """An emoticon code by its folded name."""

    name: str


@dataclass(frozen=True, slots=True)
class Person(Part):
    """Who wrote the post, or whom it is addressed to: a folded name, handle or id; where `wild`, `*` stands for any
    characters."""

    field: Literal["author", "to"]
    name: str
    wild: bool = False


@dataclass(frozen=True, slots=True)
class Address(Part):
    """`site`: the post's domain; `link`: an address inside the post; `url`: the post's own address."""

    field: Literal["site", "link", "url"]
    value: str


@dataclass(frozen=True, slots=True)
class Label(Part):
    """A field with a value out of few. `floor` is the least probability the classifier must give."""

    field: str
    value: str
    floor: float | None = None


@dataclass(frozen=True, slots=True)
class Flag(Part):
    """What a post is (`is:`) or has (`has:`)."""

    field: Literal["is", "has"]
    value: str


@dataclass(frozen=True, slots=True)
class Number(Part):
    """A number between two bounds; None is open. An unknown number lies between no bounds."""

    field: str
    low: float | None
    high: float | None
    low_included: bool = True
    high_included: bool = True


@dataclass(frozen=True, slots=True)
class Dates(Part):
    """Written from the start of one moment to the end of another; None is open."""

    start: Moment | None
    end: Moment | None


@dataclass(frozen=True, slots=True)
class Listed(Part):
    """Written by one of the accounts of a saved list, or on one of its sites."""

    name: str
    accounts: frozenset[str]
    sites: frozenset[str]


@dataclass(frozen=True, slots=True)
class Saved(Part):
    """Another saved query, used here by its name."""

    name: str
    part: Node


Node = (
    And | Or | Not | Near | AtLeast | Within | Words | Wild | Loose | Word | Exact | Hashtag | Mention | Code
    | Person | Address | Label | Flag | Number | Dates | Listed | Saved
)  # fmt: skip


def children(node: Node) -> tuple[Node, ...]:
    """The parts directly inside a node."""
    match node:
        case And(parts) | Or(parts):
            return parts
        case Not(part) | AtLeast(_, part) | Within(_, part) | Saved(_, part):
            return (part,)
        case Near(left, right):
            return (left, right)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything inside it, in the order it was typed."""
    yield node
    for child in children(node):
        yield from walk(child)


def conjunction(parts: list[Node], at: Span = NOWHERE) -> Node:
    """All of the parts; an And inside is opened up."""
    opened = tuple(inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,)))
    return opened[0] if len(opened) == 1 else And(opened, at=at)


def disjunction(parts: list[Node], at: Span = NOWHERE) -> Node:
    """Any of the parts; an Or inside is opened up."""
    opened = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,)))
    return opened[0] if len(opened) == 1 else Or(opened, at=at)


def has_dates(node: Node) -> bool:
    """Whether a date is asked for anywhere: such a query finds no undated post."""
    return any(isinstance(part, Dates) for part in walk(node))


def is_anchored(node: Node) -> bool:
    """Whether something is looked for, and not only left out: the condition for a query to be saved."""
    match node:
        case Or(parts):
            return all(map(is_anchored, parts))
        case And(parts):
            return any(map(is_anchored, parts))
        case Near(left):
            return is_anchored(left)
        case AtLeast(_, part) | Within(_, part) | Saved(_, part):
            return is_anchored(part)
        case (
            Words()
            | Wild()
            | Loose()
            | Word()
            | Exact()
            | Hashtag()
            | Mention()
            | Code()
            | Person()
            | Listed()
        ):
            return True
        case Address(field):
            return field in {"site", "link"}
        case _:
            return False
