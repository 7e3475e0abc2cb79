"""A query from the command line: read it, or say what is wrong and where."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from outlisten.cli.endings import Refused
from outlisten.cli.places import marked
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.query import Context, Message, Query

# Whether a saved query or list of some name is there, and can be read, only the home can say.
OF_NAMES = frozenset({"E207", "E208"})


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
    """Raise Refused with the mistakes marked, before anything of the workspace is known: its day, zone and names."""
    from outlisten.query import Context, parse

    _refuse_mistakes(session, parse(text, Context()), but=OF_NAMES)


def context_anywhere(session: Session, text: str) -> Context:
    """What a query is read in by a command that needs no home: where it uses names, those saved in the home, if there
    is one."""
    from outlisten.query import Context, parse

    named = any(message.code in OF_NAMES for message in parse(text, Context()).messages)
    if not named or not session.home.in_use:
        return Context()
    from outlisten.cli.application import bring_up_to_date, load_django, unapplied_migrations

    load_django(session)
    if unapplied_migrations():
        with session.home.lock(f"outlisten {session.command}"):
            bring_up_to_date(session)
    from outlisten.app.listening.kept import kept

    return Context(kept=kept())


def _refuse_mistakes(session: Session, query: Query, but: Container[str] = ()) -> None:
    told = mistakes(session, query, but)
    if told:
        raise Refused(told)


def mistakes(session: Session, query: Query, but: Container[str] = ()) -> str:
    """What keeps a query from being understood, each mistake with its place marked, `but` for some codes."""
    errors = [m for m in query.messages if m.level == "error" and m.code not in but]
    return "\n".join(said(session, query.text, message) for message in errors)


def said(session: Session, text: str, message: Message) -> str:
    """A message, and below it the query with the place marked."""
    line, carets = marked(text, message.at)
    return f"{message.text(session.locale)}\n  {line}\n  {carets}"


def message_as_json(session: Session, message: Message) -> dict[str, object]:
    """A message with its place, in characters of the query."""
    return {
        "code": message.code, "level": message.level, "at": list(message.at), "text": message.text(session.locale),
        "suggestion": message.suggestion,
    }  # fmt: skip
