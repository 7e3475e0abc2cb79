"""A query without the names of saved ones: what they stand for at this moment, written out."""

from __future__ import annotations

from dataclasses import replace

from outlisten.query.tree import And, AtLeast, Near, Node, Not, Or, Saved, Within, conjunction, disjunction


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
