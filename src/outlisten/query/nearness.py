"""What may stand inside NEAR and ATLEAST, and how to write what may not."""

from __future__ import annotations

from dataclasses import replace

from outlisten.query.messages import Message, Refused
from outlisten.query.printing import printed
from outlisten.query.tree import (
    And,
    AtLeast,
    Exact,
    Hashtag,
    Loose,
    Near,
    Node,
    Not,
    Or,
    Saved,
    Wild,
    Within,
    Word,
    Words,
    children,
)

PLACED = (Words, Wild, Loose, Word, Exact, Hashtag)
_MOST_WRITTEN = 400  # characters of a rewrite; a longer one helps nobody


def refuse_inside(node: Near | AtLeast) -> None:
    """Nothing, if every part stands somewhere in the words. Raises Refused (E204) with the rewrite."""
    for part in children(node):
        wrong = _without_place(part)
        if wrong is not None:
            rewrite = _rewritten(node)
            if rewrite is None:
                raise Refused(Message("E204", wrong.at))
            raise Refused(Message("E204", node.at, {"near": rewrite}, rewrite, "near"))


def _without_place(node: Node) -> Node | None:
    """The first part that has no place among the words of a post."""
    match node:
        case Within("quoted"):
            return node
        case Or() | Within() | Near() | Saved():
            found = (_without_place(part) for part in children(node))
            return next((wrong for wrong in found if wrong is not None), None)
        case _:
            return None if isinstance(node, PLACED) else node


def _rewritten(node: Near | AtLeast) -> str | None:
    """NEAR with each part of an AND by itself, and what has no place outside; None when that is not possible."""
    if isinstance(node, AtLeast) or node.negated:
        return None
    left, left_outside = _sides(node.left)
    right, right_outside = _sides(node.right)
    outside = [*left_outside, *right_outside]
    pairs: list[Node] = [replace(node, left=a, right=b) for a in left for b in right]
    if any(_without_place(part) is not None for part in (*left, *right)):
        return None
    near = [f"({printed(pair)})" for pair in pairs] or [*map(_outside, (*left, *right))]
    written = " ".join([*near, *map(_outside, outside)])
    return written if len(written) <= _MOST_WRITTEN else None


def _outside(part: Node) -> str:
    return f"({printed(part)})" if isinstance(part, Or | And) else printed(part)


def _sides(node: Node) -> tuple[list[Node], list[Node]]:
    """The parts of a side that have a place, and the others."""
    parts = list(node.parts) if isinstance(node, And) else [node]
    outside = [part for part in parts if isinstance(part, Not) or not _may_hold_places(part)]
    return [part for part in parts if part not in outside], outside


def _may_hold_places(node: Node) -> bool:
    quoted = isinstance(node, Within) and node.scope == "quoted"
    return isinstance(node, (Or, Within, Near, Saved, *PLACED)) and not quoted
