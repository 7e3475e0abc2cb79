"""The outline of a query: nested rows that a person can read and change, and paths to them.

A group holds rows of any kind. What stands near, often enough or in one field is a row whose own rows are groups:
its *slots*. Everything else is a leaf, with its query text and the values that text was read from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from outlisten.query.tree import NOWHERE, Span

Path = tuple[int, ...]
Group = Literal["all", "any"]
Holder = Literal["near", "atleast", "within"]
Leaf = Literal[
    "words", "phrase", "wild", "loose", "word", "exact", "hashtag", "mention", "code", "person", "address",
    "label", "flag", "number", "dates", "list", "query", "note",
]  # fmt: skip
Kind = Group | Holder | Leaf
GROUPS: frozenset[str] = frozenset({"all", "any"})
SLOTS: Mapping[str, int] = {"near": 2, "atleast": 1, "within": 1}
LEAVES: frozenset[str] = frozenset(Leaf.__args__)  # type: ignore[attr-defined]  # what a Literal lists
# What words are looked for by; as opposed to conditions on the post.
WORDY: frozenset[str] = frozenset(
    {"words", "phrase", "wild", "loose", "word", "exact", "hashtag", "mention", "code"}
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `text` is a leaf's query text, `values` what it is made of by name, all as characters;
    `negated` asks for the opposite. `at` is where it stands in the query, and takes no part in comparison.

    A `note` is a comment of the query.
    """

    kind: Kind
    rows: tuple[Row, ...] = ()
    text: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    negated: bool = False
    at: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def is_group(self) -> bool:
        return self.kind in GROUPS

    @property
    def is_leaf(self) -> bool:
        return self.kind in LEAVES


EMPTY = Row("any")


def row_at(root: Row, path: Path) -> Row:
    """The row at a path; the empty path is the root. Raises LookupError."""
    for place in path:
        if not 0 <= place < len(root.rows):
            raise LookupError(path)
        root = root.rows[place]
    return root


def rewritten_at(root: Row, path: Path, change: Callable[[Row], Row]) -> Row:
    """The outline with one row changed."""
    if not path:
        return change(root)
    place, *rest = path
    row_at(root, (place,))
    changed = rewritten_at(root.rows[place], tuple(rest), change)
    return replace(root, rows=(*root.rows[:place], changed, *root.rows[place + 1 :]))


def spliced(root: Row, group: Path, start: int, end: int, rows: Sequence[Row]) -> Row:
    """The outline with the rows from `start` to `end` of one group replaced by others."""
    return rewritten_at(
        root, group, lambda found: replace(found, rows=(*found.rows[:start], *rows, *found.rows[end:]))
    )


def walk_rows(root: Row, path: Path = ()) -> Iterator[tuple[Path, Row]]:
    """Every row with its path, in the order of the query."""
    yield path, root
    for place, row in enumerate(root.rows):
        yield from walk_rows(row, (*path, place))


def is_member(root: Row, path: Path) -> bool:
    """Whether a row stands in a group, and not in a slot or at the root."""
    return bool(path) and row_at(root, path[:-1]).is_group
