"""A long query in words, as groups within groups: what one sentence of a hundred clauses cannot say to a reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from outlisten.query.explain import MOST_NAMED, Teller, explain, gathered
from outlisten.query.parser import Query
from outlisten.query.tree import And, Near, Node, Not, Or, Wild, Words
from outlisten.words import Locale

LONG = {"en": 400, "zh-hans": 200}  # characters of a meaning that a reader takes in as one sentence


@dataclass(frozen=True, slots=True)
class Outline:
    """A clause that follows "posts that", or the head of a group and its parts. `more` are names that the clause counts
    and does not say; `count` is how many parts a group has."""

    text: str
    parts: tuple[Outline, ...] = ()
    more: tuple[str, ...] = ()
    count: int = 0


def outline(query: Query, locale: Locale = "en") -> Outline | None:
    """The query's groups; None where one sentence says it well, and for a query that is not valid."""
    if query.tree is None:
        return None
    drawn = _Drawing(Teller(locale, query.context.clock)).part(query.tree)
    long = len(explain(query, locale)) > LONG[locale] and bool(drawn.parts)
    return drawn if long or _leaves_out(drawn) else None


def _leaves_out(drawn: Outline) -> bool:
    return bool(drawn.more) or any(map(_leaves_out, drawn.parts))


class _Drawing:
    def __init__(self, teller: Teller) -> None:
        self.teller = teller

    def part(self, node: Node) -> Outline:
        """A part and, where it is a group of different things, its parts."""
        match node:
            case And(parts):
                return self._group("fit all of these", [self.part(part) for part in parts], len(parts))
            case Or(parts) | Not(Or(parts)):
                return self._alternatives(node, parts)
            case Not(And(parts)):
                return self._group("do not fit all of these", [self.part(part) for part in parts], len(parts))
            case Near() if more := self._unnamed(node):
                return Outline(self.teller.clause(node), more=more)
            case _:
                return Outline(self.teller.clause(node))

    def _alternatives(self, node: Or | Not, parts: Sequence[Node]) -> Outline:
        groups, denied = gathered(parts), isinstance(node, Not)
        if len(groups) == 1 and all(isinstance(part, Words | Wild) for part in parts):
            return Outline(self.teller.clause(node), more=self._unsaid(parts))
        head = "fit none of these" if denied else "fit at least one of these"
        return self._group(head, list(map(self._alike, groups)), len(parts))

    def _alike(self, parts: Sequence[Node]) -> Outline:
        if len(parts) == 1:
            return self.part(parts[0])
        return Outline(self.teller.alike(parts), more=self._unsaid(parts))

    def _unsaid(self, parts: Sequence[Node]) -> tuple[str, ...]:
        return tuple(map(self.teller.name, parts[MOST_NAMED:]))

    def _unnamed(self, near: Near) -> tuple[str, ...]:
        """What a list beside NEAR counts and does not name."""
        sides = [side.parts for side in (near.left, near.right) if isinstance(side, Or)]
        rest = [part for parts in sides for part in parts[MOST_NAMED:]]
        return tuple(self.teller.places.named(part) for part in rest)

    def _group(self, head: str, parts: Sequence[Outline], count: int) -> Outline:
        return Outline(self.teller.say(head), tuple(parts), count=count)
