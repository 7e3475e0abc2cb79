"""How an explanation names things that stand somewhere in the words of a post, and how far apart they may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from outlisten.query.clauses import LOOSE, NEARNESS, PLACES, Clause
from outlisten.query.tree import (
    AtLeast,
    Exact,
    Hashtag,
    Loose,
    Near,
    Node,
    Or,
    Saved,
    Wild,
    Within,
    Word,
    Words,
)


class Saying(Protocol):
    """What tells sentences in one language."""

    def __call__(self, sentence: str, /, **values: object) -> str: ...


class Places:
    """Names the operands of NEAR and ATLEAST in one language."""

    def __init__(self, say: Saying, listed: Callable[[list[str], str], str]) -> None:
        self.say = say
        self.listed = listed

    def named(self, node: Node) -> str:
        """What stands there, as a noun."""
        match node:
            case Words(typed=typed) | Wild(typed=typed):
                return f"“{typed}”"
            case Loose(_, slop, typed=typed):
                return self.say(LOOSE, name=f"“{typed}”", count=slop)
            case Word(typed=typed):
                return self.say(PLACES["word"], name=f"“{typed}”")
            case Exact(characters):
                return self.say(PLACES["exact"], name=f"“{characters}”")
            case Hashtag(name, prefix):
                return self.say(PLACES["prefix" if prefix else "hashtag"], name=f"#{name}")
            case Or(parts):
                return self.say(
                    "({clause})", clause=self.listed(list(map(self.named, parts)), "{first} or {last}")
                )
            case Within(scope, part):
                return self.say(PLACES[scope], name=self.named(part))
            case Saved(name):
                return self.say(PLACES["saved"], name=f"“{name}”")
            case Near():
                clause = self.say(PLACES[f"{_kind(node)} {node.unit}"], **self.of_near(node))
                return self.say("({clause})", clause=clause)
            case _:
                raise TypeError(f"{type(node).__name__} has no place among the words")

    def of_near(self, node: Near) -> Mapping[str, object]:
        """The values of the clause of a NEAR."""
        return {"left": self.named(node.left), "right": self.named(node.right), "count": node.distance}

    def of_at_least(self, node: AtLeast) -> Mapping[str, object]:
        """The values of the clause of an ATLEAST."""
        return {"name": self.named(node.part), "count": node.count}


def nearness(node: Near) -> Clause:
    """The clause that says how near."""
    size = node.unit if node.distance is None else "token" if node.distance else "beside"
    return NEARNESS[f"{_kind(node)} {size}"]


def _kind(node: Near) -> str:
    return "without" if node.negated else "before" if node.ordered else "with"
