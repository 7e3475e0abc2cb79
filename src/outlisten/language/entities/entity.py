"""What is found in a post: a thing that words name, and whether it tells of a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "brand", "product", "place", "money", "date", "order", "phone", "email", "address", "card", "account",
    "identity", "handle", "ip", "url",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of a post.

    `start` and `end` are code points of the text, or with a title of title, line break and text; `words` are those code
    points as written. `personal` says that the words point at a person and are masked where a post leaves the house;
    `rule` names what found them.
    """

    kind: Kind
    start: int
    end: int
    words: str
    personal: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Find:
    """A find in folded text, before overlaps are settled."""

    kind: Kind
    start: int
    end: int
    rule: str
    personal: bool = False
