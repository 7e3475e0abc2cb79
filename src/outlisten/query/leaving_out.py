"""A question without the posts that another query finds."""

from __future__ import annotations

from outlisten.query.parser import Query
from outlisten.query.tree import Not, conjunction


def leaving_out(query: Query | None, hidden: Query) -> Query:
    """The same question, without the posts that `hidden` finds; None asks about all posts.

    A query with mistakes stays one. Raises ValueError when `hidden` has mistakes: leaving out nothing would show
    what was to be hidden.
    """
    if hidden.tree is None:
        raise ValueError("what is to be left out cannot be understood")
    rest = Not(hidden.tree)
    if query is None:
        return Query(f"NOT ({hidden.text})", rest, (), hidden.context)
    if query.tree is None:
        return query
    text = f"({query.text}) NOT ({hidden.text})"
    return Query(text, conjunction([query.tree, rest]), query.messages, query.context)
