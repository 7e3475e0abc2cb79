"""Queries that can be read and still not be asked: a wildcard in them stands for too many of the words kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeVar

from outlisten.app.listening.models import Brand, Topic
from outlisten.app.listening.queries.listen import today
from outlisten.app.listening.store import posts
from outlisten.app.listening.wording import locale
from outlisten.posts.errors import TooBroad
from outlisten.posts.store import Budget, TimeRange
from outlisten.query import Query, parse
from outlisten.query.tree import Wild, walk

# No post is looked for: the store works out what the wildcards stand for, and finds that the time is over.
NEVER = TimeRange(datetime(1970, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC))

Saved = TypeVar("Saved", Brand, Topic)


def too_broad(query: Query) -> str:
    """Why the store would not look for this query, in the reader's language; blank when it would."""
    if query.tree is None or not any(isinstance(part, Wild) for part in walk(query.tree)):
        return ""
    try:
        posts().count(query, window=NEVER, budget=Budget(rows=1, seconds=2.0))
    except TooBroad as refused:
        return refused.text(locale())
    return ""


def with_problems(saved: Iterable[Saved]) -> list[tuple[Saved, str]]:
    """Each with why its query cannot be asked any more: it grew too broad with the posts that came in since."""
    context = today().context
    return [(thing, too_broad(parse(thing.query, context))) for thing in saved]
