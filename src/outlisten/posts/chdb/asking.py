"""What selects the posts of a question: its query, compiled for this store, and its time range."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from outlisten.posts.chdb.conditions import Where, within
from outlisten.posts.chdb.deciding import decided
from outlisten.posts.chdb.engine import Engine
from outlisten.posts.chdb.vocabulary import words_like
from outlisten.posts.errors import TooBroad
from outlisten.posts.store import Budget, TimeRange

if TYPE_CHECKING:
    from outlisten.query import Query


def where(engine: Engine, query: Query | None, window: TimeRange, budget: Budget) -> Where:
    """The condition of a question. Raises ValueError when the query is not valid, TooBroad when a wildcard stands for
    too many words."""
    if query is None:
        return within(Where(), window)
    from outlisten.query import compile_sql
    from outlisten.query.messages import Refused

    try:
        condition = compile_sql(query, partial(words_like, engine))
    except Refused as refused:
        raise TooBroad(refused.message) from refused
    found = Where(
        condition.sql, condition.params, condition.settings, dear=condition.dear, first=condition.first
    )
    found = within(found, window)
    return found if condition.exact else decided(engine, query, found, budget)
