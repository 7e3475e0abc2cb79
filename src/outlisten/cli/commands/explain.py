"""`outlisten explain`: a query in words, and what to know about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.endings import DONE, NOTHING_DONE
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.options import QueryText
from outlisten.cli.queries import said
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.query import Query

Saving = Annotated[
    bool, typer.Option("--saving", help=_("Also say what keeps it from being saved as a topic."))
]


@command(where="anywhere")
def explain(session: Session, query: QueryText, saving: Saving = False) -> int:
    """Status 1 when the query cannot be understood; --locale en,zh-hans explains it in both languages."""
    from outlisten.query import Context, parse

    read = parse(query, Context(), saving=saving)
    if session.json:
        session.emit(_as_json(session, read))
    else:
        _show(session, read)
    return DONE if read.valid else NOTHING_DONE


def _as_json(session: Session, query: Query) -> dict[str, object]:
    from outlisten.query import explain as in_words

    explanations = {locale: in_words(query, locale) if query.valid else None for locale in session.locales}
    messages = [
        {"code": m.code, "level": m.level, "at": list(m.at), "text": m.text(session.locale)}
        for m in query.messages
    ]
    return {
        "query": query.text,
        "explanation": explanations[session.locale],
        "messages": messages,
        "valid": query.valid,
        "explanations": explanations,
    }


def _show(session: Session, query: Query) -> None:
    from outlisten.query import explain as in_words

    if query.valid:
        for locale in session.locales:
            session.print(in_words(query, locale))
    for message in query.messages:
        session.say(said(session, query.text, message))
