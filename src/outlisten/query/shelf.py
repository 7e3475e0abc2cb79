"""What is saved and can be used by name: other queries (`query:`) and lists of accounts and sites (`list:`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TypeVar

from outlisten.query.folding import fold
from outlisten.query.lexemes import Lexeme
from outlisten.query.limits import Limits
from outlisten.query.messages import Message, Refused
from outlisten.query.tree import Listed, Node, Saved, children


@dataclass(frozen=True, slots=True)
class AccountList:
    """A saved list: names, handles or ids of accounts, and domains of sites (their sub-domains included)."""

    accounts: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything saved, by its name. Names are compared folded."""

    queries: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, AccountList] = field(default_factory=dict)


Thing = TypeVar("Thing")
# Circles and chains that are too long; and what was refused for a mistake inside it, whose name was said already.
_OF_USING = frozenset({"E208", "E306"})
Read = Callable[[str, tuple[str, ...]], tuple[Node | None, Sequence[Message]]]


class Shelf:
    """Takes saved things into one query. `read` gives the tree of a saved query's text, and what is wrong with it;
    `uses` are the names being read, the outermost first."""

    def __init__(self, kept: Kept, read: Read, uses: tuple[str, ...], limits: Limits) -> None:
        self.kept = kept
        self.read = read
        self.uses = uses
        self.limits = limits
        self._taken: dict[str, Node] = {}
        self._leaves = 0

    def taken(self, typed: Lexeme) -> Node:
        """The saved query or list of this name. Raises Refused (E207, E208, E302, E306)."""
        assert typed.field is not None
        if typed.field.kind == "list":
            return self._list(typed)
        name, text = _named(typed, self.kept.queries, "query")
        folded = [fold(used) for used in self.uses]
        if fold(name) in folded:
            circle = " → ".join((*self.uses[folded.index(fold(name)) :], name))
            raise Refused(Message("E306", typed.at, {"name": name, "circle": circle}, None, "circle"))
        if len(self.uses) >= self.limits.depth:
            raise Refused(Message("E306", typed.at, {"limit": self.limits.depth}))
        part = self._taken.get(name) or self._read(name, text, typed)
        self._taken[name] = part
        self._count(part, typed)
        return Saved(name, part, at=typed.at)

    def _read(self, name: str, text: str, typed: Lexeme) -> Node:
        """A saved query's tree. What is wrong with how saved queries use each other is said of the query being read;
        of any other mistake, whose it is."""
        part, messages = self.read(text, (*self.uses, name))
        if part is not None:
            return part
        using = next((message for message in messages if message.code in _OF_USING), None)
        raise Refused(replace(using, at=typed.at) if using else Message("E208", typed.at, {"name": name}))

    def _count(self, part: Node, typed: Lexeme) -> None:
        """Refuses what would grow beyond every limit by using queries that use queries."""
        self._leaves += _leaves(part)
        if self.limits.beyond(self._leaves, self.limits.terms):
            raise Refused(Message("E302", typed.at, {"count": self._leaves, "limit": self.limits.terms}))

    def _list(self, typed: Lexeme) -> Node:
        name, kept = _named(typed, self.kept.lists, "list")
        accounts = frozenset(fold(account.strip().removeprefix("@")) for account in kept.accounts)
        return Listed(name, accounts - {""}, frozenset(map(str.lower, kept.sites)) - {""}, at=typed.at)


def _leaves(node: Node) -> int:
    return sum(map(_leaves, children(node))) or 1


def _named(typed: Lexeme, kept: Mapping[str, Thing], kind: str) -> tuple[str, Thing]:
    """The thing of this name and how its name is written. Raises Refused (E207)."""
    wanted = fold(typed.content.strip())
    for name in kept:
        if fold(name) == wanted:
            return name, kept[name]
    near = _nearest(typed.content, kept)
    values = {"name": typed.content, "near": near}
    raise Refused(Message("E207", typed.at, values, near, f"{kind} near" if near else kind))


def _nearest(typed: str, names: Iterable[str]) -> str | None:
    found = get_close_matches(typed, names, n=1, cutoff=0.6)
    return f'"{found[0]}"' if found else None
