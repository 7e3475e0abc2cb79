"""A query without the names of saved ones: what they stand for at this moment, written out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from outlisten.query.parser import Query
from outlisten.query.printing import printed
from outlisten.query.tree import (
    Address,
    And,
    AtLeast,
    Listed,
    Near,
    Node,
    Not,
    Or,
    Person,
    Saved,
    Within,
    conjunction,
    disjunction,
    walk,
)


def written_out(query: Query, *, lists: bool = False) -> str:
    """The query's text, in which saved queries, and with `lists` saved lists too, are written out; as typed when it
    uses none, or has mistakes."""
    named = (Saved, Listed) if lists else (Saved,)
    if query.tree is None or not any(isinstance(part, named) for part in walk(query.tree)):
        return query.text
    return printed(opened(query.tree, lists=lists))


def opened(node: Node, *, lists: bool = False) -> Node:
    """The same question with every saved query replaced by its meaning. Lists keep their names unless asked for."""

    def inside(part: Node) -> Node:
        return opened(part, lists=lists)

    match node:
        case Saved(_, part):
            return inside(part)
        case Listed() if lists:
            return _entries(node)
        case _:
            return _with(node, inside)


def _with(node: Node, inside: Callable[[Node], Node]) -> Node:
    """The node with its parts opened."""
    match node:
        case And(parts):
            return conjunction([inside(part) for part in parts], node.at)
        case Or(parts):
            return disjunction([inside(part) for part in parts], node.at)
        case Not(part) | AtLeast(_, part) | Within(_, part):
            return replace(node, part=inside(part))
        case Near():
            return replace(node, left=inside(node.left), right=inside(node.right))
        case _:
            return node


def _entries(listed: Listed) -> Node:
    """Its accounts and sites, any of which will do; a list with nothing in it keeps its name."""
    accounts = [Person("author", account) for account in sorted(listed.accounts)]
    sites = [Address("site", site) for site in sorted(listed.sites)]
    return disjunction([*accounts, *sites], listed.at) if accounts or sites else listed
