"""Warnings about queries that are right but may not mean what was meant."""

from __future__ import annotations

from collections.abc import Iterator

from outlisten.query.messages import Message
from outlisten.query.tree import And, Node, Or, Words, is_anchored, walk

# Brands that are also things: alone, they find mostly the things.
ENGLISH = "apple orange target gap shell amazon visa dove subway meta"
CHINESE = "苹果 小米 三星 芒果 蚂蚁 大众 联想 瓜子"
ORDINARY = frozenset(f"{ENGLISH} {CHINESE}".split())


def lint(text: str, tree: Node, *, saving: bool, days: int) -> list[Message]:
    """What is worth saying about a query that can be understood."""
    return [
        *_mixed(text, tree),
        *_ordinary(tree),
        *_same_twice(tree),
        *_unanchored(tree, len(text), saving=saving, days=days),
    ]


def _mixed(text: str, tree: Node) -> Iterator[Message]:
    """W101: AND and OR at one level without brackets."""
    for node in walk(tree):
        if isinstance(node, Or) and any(map(_is_bare_and, node.parts)):
            written = " OR ".join(_bracketed(text, part) for part in node.parts)
            written = f"({written})" if node.bracketed else written
            yield Message("W101", node.at, {"near": written}, written)


def _is_bare_and(node: Node) -> bool:
    return isinstance(node, And) and not node.bracketed


def _bracketed(text: str, part: Node) -> str:
    typed = text[slice(*part.at)]
    return f"({typed})" if _is_bare_and(part) else typed


def _ordinary(tree: Node) -> Iterator[Message]:
    """W107: a brand that is an ordinary word, and nothing else to tell which is meant."""
    for branch in tree.parts if isinstance(tree, Or) else (tree,):
        if isinstance(branch, Words) and "".join(branch.items) in ORDINARY:
            yield Message("W107", branch.at, {"word": branch.typed})


def _same_twice(tree: Node) -> Iterator[Message]:
    """W109: alternatives that folding has made one."""
    for node in walk(tree):
        if isinstance(node, Or):
            seen: dict[tuple[str, ...], Words] = {}
            for part in node.parts:
                if isinstance(part, Words):
                    first = seen.setdefault(part.items, part)
                    if first is not part:
                        yield Message("W109", part.at, {"word": first.typed, "other": part.typed})


def _unanchored(tree: Node, length: int, *, saving: bool, days: int) -> Iterator[Message]:
    """E201 or W105: a branch that looks for nothing."""
    if is_anchored(tree):
        return
    branches = tree.parts if isinstance(tree, Or) else (tree,)
    loose = next(branch for branch in branches if not is_anchored(branch))
    at = loose.at if isinstance(tree, Or) else (0, length)
    yield Message("E201", at) if saving else Message("W105", at, {"days": days})
