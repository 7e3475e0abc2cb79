"""`outlisten explain`: a query in words, and what to know about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.commands.explain_rewrite import show_rewritten
from outlisten.cli.commands.explain_why import show_why
from outlisten.cli.endings import DONE, NOTHING_DONE, WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.options import QueryText
from outlisten.cli.queries import context_anywhere, message_as_json, said
from outlisten.cli.session import Session
from outlisten.words import Locale, words

if TYPE_CHECKING:
    from outlisten.query import Outline, Query

Saving = Annotated[
    bool, typer.Option("--saving", help=_("Also say what keeps it from being saved as a topic."))
]
Rewrite = Annotated[
    bool, typer.Option("--rewrite", help=_("Write a query of another tool the way it is written here."))
]
AskedOf = Annotated[
    str | None,
    typer.Option(
        "--why",
        metavar="FILE",
        help=_("Say why it finds a post or does not: one JSON post; - is standard input."),
    ),
]


@command(where="anywhere")
def explain(
    session: Session,
    *,
    query: QueryText,
    saving: Saving = False,
    rewrite: Rewrite = False,
    why: AskedOf = None,
) -> int:
    """Status 1 when the query cannot be understood; --locale en,zh-hans explains it in both languages."""
    from outlisten.query import parse

    if rewrite and why is not None:
        raise WrongUsage(session.words("Use --rewrite or --why, not both."))
    context = context_anywhere(session, query)
    if rewrite:
        return show_rewritten(session, query, context, saving=saving)
    read = parse(query, context, saving=saving)
    if why is not None:
        return show_why(session, read, why)
    if session.json:
        session.emit(_as_json(session, read))
    else:
        _show(session, read)
    return DONE if read.valid else NOTHING_DONE


def _as_json(session: Session, query: Query) -> dict[str, object]:
    from outlisten.query import explain as in_words

    explanations = {locale: in_words(query, locale) if query.valid else None for locale in session.locales}
    return {
        "query": query.text,
        "explanation": explanations[session.locale],
        "messages": [message_as_json(session, message) for message in query.messages],
        "valid": query.valid,
        "explanations": explanations,
    }


def _lines(session: Session, part: Outline, locale: Locale, depth: int) -> list[str]:
    """A long meaning as lines, the parts of a group below it, further in."""
    _ = words("cli", locale)
    head = f"{part.text} ({part.count})" if part.parts else part.text
    more = _("The others: {names}").format(names=" · ".join(part.more))
    said = [head, *([more] if part.more else [])]
    below = [line for inner in part.parts for line in _lines(session, inner, locale, depth + 1)]
    return [*(f"{'  ' * depth}{line}" for line in said), *below]


def _show(session: Session, query: Query) -> None:
    from outlisten.query import explain as in_words
    from outlisten.query import outline

    for locale in session.locales if query.valid else ():
        groups = outline(query, locale)
        lines = [in_words(query, locale)] if groups is None else _lines(session, groups, locale, 0)
        session.print("\n".join(lines))
    for message in query.messages:
        session.say(said(session, query.text, message))
