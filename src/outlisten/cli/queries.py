"""A query from the command line: read it, or say what is wrong and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outlisten.cli.endings import Refused
from outlisten.cli.places import marked
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.query import Context, Message, Query


def read_query(session: Session, text: str, context: Context) -> Query:
    """The query of these words; its warnings go to the person. Raises Refused with the mistakes marked."""
    from outlisten.query import parse

    query = parse(text, context)
    _refuse_mistakes(session, query)
    for message in query.messages:
        if message.level == "warning":
            session.say(said(session, text, message))
    return query


def check_query(session: Session, text: str) -> None:
    """Raise Refused with the mistakes marked, before the day and the time zone of the workspace are known."""
    from outlisten.query import Context, parse

    _refuse_mistakes(session, parse(text, Context()))


def _refuse_mistakes(session: Session, query: Query) -> None:
    if not query.valid:
        raise Refused(mistakes(session, query))


def mistakes(session: Session, query: Query) -> str:
    """What keeps a query from being understood, each mistake with its place marked."""
    errors = [message for message in query.messages if message.level == "error"]
    return "\n".join(said(session, query.text, message) for message in errors)


def said(session: Session, text: str, message: Message) -> str:
    """A message, and below it the query with the place marked."""
    line, carets = marked(text, message.at)
    return f"{message.text(session.locale)}\n  {line}\n  {carets}"
