"""What it costs to find a part of a query among kept posts."""

from __future__ import annotations

from collections.abc import Sequence

from outlisten.query.tree import (
    Address,
    And,
    AtLeast,
    Code,
    Exact,
    Hashtag,
    Listed,
    Loose,
    Mention,
    Near,
    Node,
    Or,
    Person,
    Saved,
    Wild,
    Within,
    Word,
    Words,
)

# Every phrase is looked up in every part of the table: a third of a millisecond at least. More alternatives than this are
# searched for in the texts themselves: soon where something else leaves few posts, late where every text must be read.
FEW_PHRASES, MANY_PHRASES = 32, 128


def look_ups(node: Node) -> int:
    """How many times index or columns are asked to say which posts may hold a part; 0 where that leaves too many."""
    match node:
        case Words() | Wild() | Loose() | Word() | Exact() | Hashtag() | Mention() | Code():
            return 1
        case Person() | Listed() | Address():
            return 1
        case Or(parts):
            every = [look_ups(part) for part in parts]
            return sum(every) if all(every) else 0
        case And(parts):
            return min(filter(None, map(look_ups, parts)), default=0)
        case Near(left, right, negated=negated):
            sides = (left,) if negated else (left, right)
            return min(filter(None, map(look_ups, sides)), default=0)
        case AtLeast(_, part) | Within("title" | "text", part) | Saved(_, part):
            return look_ups(part)
        case _:
            return 0


def phrases(parts: Sequence[Node]) -> list[Words]:
    """The parts that are several tokens one after the other."""
    return [part for part in parts if isinstance(part, Words) and len(part.items) > 1]
