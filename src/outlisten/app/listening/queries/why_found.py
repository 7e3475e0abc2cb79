"""Why a query finds a post, or why not: what it asks for, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from outlisten.app.listening.wording import locale
from outlisten.query import Query, Why, missing, why

# Deeper parts are indented no further: a narrow screen has no room for it.
DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One part in words, whether the post has it, and how deep it stands."""

    clause: str
    holds: bool
    depth: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A query asked of a post. `lacking` says in one line what the post has and lacks; blank where the query finds it."""

    holds: bool
    clause: str
    lines: list[Line]
    lacking: str


def asked_of(post: Mapping[str, object], query: Query) -> Asked:
    """Each part of a valid query, asked of the post."""
    found = why(query, post, locale())
    parts = found.parts or (found,)
    lines = [line for part in parts for line in _lines(part, 0)]
    return Asked(found.holds, found.clause, lines, "" if found.holds else missing(found, locale()))


def _lines(part: Why, depth: int) -> Iterator[Line]:
    yield Line(part.clause, part.holds, min(depth, DEEPEST))
    for inner in part.parts:
        yield from _lines(inner, depth + 1)
