"""A query without the names of saved ones: what they stand for at this moment, written out."""

from __future__ import annotations

from dataclasses import replace

from outlisten.query.parser import Query
from outlisten.query.printing import printed
from outlisten.query.tree import (
    And,
    AtLeast,
    Near,
    Node,
    Not,
    Or,
    Saved,
    Within,
    conjunction,
    disjunction,
    walk,
)


def written_out(query: Query) -> str:
    """The query's text, in which saved queries are written out; as typed when it uses none, or has mistakes."""
    if query.tree is None or not any(isinstance(part, Saved) for part in walk(query.tree)):
        return query.text
    return printed(opened(query.tree))


def opened(node: Node) -> Node:
    """The same question with every saved query replaced by its meaning. Lists keep their names."""
    match node:
        case Saved(_, part):
            return opened(part)
        case And(parts):
            return conjunction([opened(part) for part in parts], node.at)
        case Or(parts):
            return disjunction([opened(part) for part in parts], node.at)
        case Not(part) | AtLeast(_, part) | Within(_, part):
            return replace(node, part=opened(part))
        case Near():
            return replace(node, left=opened(node.left), right=opened(node.right))
        case _:
            return node
