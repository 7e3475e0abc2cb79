"""Why a post matches a query, or why not: the parts of the query, each with a tick or a cross."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from outlisten.query.evaluate import holds
from outlisten.query.explain import Teller
from outlisten.query.moments import Clock
from outlisten.query.parser import Query
from outlisten.query.spans import Scope
from outlisten.query.tree import And, Near, Node, Not, Or, Saved, Span, Within, has_dates
from outlisten.query.view import View
from outlisten.words import Locale, words


@dataclass(frozen=True, slots=True)
class Why:
    """One part of a query asked of one post: what it asks for in words, whether that holds, and its own parts.

    `at` is where the part stands in the query as typed.
    """

    clause: str
    holds: bool
    at: Span
    parts: tuple[Why, ...] = ()


def why(query: Query, post: Mapping[str, object], locale: Locale = "en") -> Why:
    """The query's parts, asked of the post. Raises ValueError when the query is not valid."""
    if query.tree is None:
        raise ValueError("a query with mistakes cannot be asked")
    asking = _Asking(View(post), query.context.clock, Teller(locale, query.context.clock))
    found = asking.part(query.tree, None)
    if has_dates(query.tree) and asking.view.written_at(query.context.clock.zone) is None:
        undated = Why(words("query", locale)("have a date"), holds=False, at=found.at)
        return Why(found.clause, False, found.at, (*found.parts, undated))
    return found


def missing(found: Why, locale: Locale = "en") -> str:
    """What a post has and what it lacks, as one line: for a post that does not match."""
    _ = words("query", locale)
    asked = found.parts or (found,)
    has = [part.clause for part in asked if part.holds]
    lacks = [part.clause for part in asked if not part.holds]
    if not lacks:
        return ""
    if not has:
        return _("Does not: {lacks}").format(lacks=_("; ").join(lacks))
    return _("Does: {has}. Does not: {lacks}").format(has=_("; ").join(has), lacks=_("; ").join(lacks))


class _Asking:
    """Asks one post about the parts of one query."""

    def __init__(self, view: View, clock: Clock, teller: Teller) -> None:
        self.view = view
        self.clock = clock
        self.teller = teller

    def part(self, node: Node, scope: Scope) -> Why:
        """A part and, where it is made of others, these."""
        true = holds(node, self.view, self.clock, scope)
        return Why(self._told(node, scope), true, node.at, self._inside(node, scope))

    def _told(self, node: Node, scope: Scope) -> str:
        if scope is None or isinstance(node, Within):
            return self.teller.clause(node)
        return self.teller.clause(Within(scope, node))

    def _inside(self, node: Node, scope: Scope) -> tuple[Why, ...]:
        match node:
            case And(parts) | Or(parts):
                return tuple(self.part(part, scope) for part in parts)
            case Not(And() | Or() as part):
                return tuple(self.part(Not(inner, at=inner.at), scope) for inner in _denied(part))
            case Saved(_, part):
                return (self.part(part, scope),)
            case Within("title" | "text" as field, And() | Or() | Near() as part):
                return self._inside(part, field)
            case Near():
                return tuple(self.part(side, scope) for side in (node.left, node.right))
            case _:
                return ()


def _denied(part: And | Or) -> tuple[Node, ...]:
    """What a NOT before a group denies one by one; of a group of AND nothing is denied by itself."""
    return part.parts if isinstance(part, Or) else ()
