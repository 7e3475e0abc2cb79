"""`outlisten case note`, `promise`, `settle`, `draft` and `answer`: what is written in a case."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.application import open_application
from outlisten.cli.commands.case import Number, day, said, who
from outlisten.cli.endings import Refused
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.people.models import Account

Text = Annotated[str, typer.Argument(metavar="TEXT", help=_("What to write."))]


class Then(StrEnum):
    """What comes after an answer."""

    WAIT = "wait"
    SOLVE = "solve"
    STAY = "stay"


class Outcome(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    BROKEN = "broken"


@command(where="store")
def note(session: Session, number: Number, text: Text) -> int:
    """Writes a note that only staff read."""
    app = open_application(session, "work_on_case")
    from outlisten.app.care.actions.words import note as act

    return said(session, act(number, text, by=who(session, app)), session.words("Noted in case {number}."))


@command(where="store")
def promise(
    session: Session,
    number: Number,
    text: Text,
    by: Annotated[str, typer.Option("--by", metavar="DAY", help=_("The day it is due, as 2026-03-09."))],
) -> int:
    """Writes down what was promised to the customer, with its day."""
    app = open_application(session, "work_on_case")
    from outlisten.app.care.actions.words import promise as act

    done = act(number, text, day(session, "--by", by), by=who(session, app))
    return said(session, done, session.words("Promised in case {number}."))


@command(where="store")
def settle(
    session: Session,
    number: Number,
    promised: Annotated[
        int,
        typer.Argument(metavar="PROMISE", help=_("The number of the promise; `outlisten case show` has it.")),
    ],
    outcome: Annotated[Outcome, typer.Argument(metavar="OUTCOME", help=_("kept or broken."))],
) -> int:
    """Says that a promise was kept or broken."""
    app = open_application(session, "work_on_case")
    from outlisten.app.care.actions.words import settle as act

    done = act(number, promised, kept=outcome is Outcome.KEPT, by=who(session, app))
    return said(session, done, session.words("The promise in case {number} is settled."))


@command(where="store")
def draft(
    session: Session,
    post: Annotated[str, typer.Argument(metavar="POST", help=_("The number of the post here, 16 signs."))],
    text: Text,
) -> int:
    """Keeps what you would answer to a post; an empty text removes it. An employee answers."""
    app = open_application(session, "draft")
    from django.http import Http404

    from outlisten.app.care.actions.words import save_draft

    _ = session.words
    try:
        kept = save_draft(post, text, by=who(session, app))
    except Http404:
        raise Refused(_("There is no post {post} here.").format(post=post)) from None
    if session.json:
        session.emit({"post": post, "text": kept.text if kept else None})
    else:
        session.print(_("The draft is kept.") if kept else _("The draft is removed."))
    return 0


@command(where="store")
def answer(
    session: Session,
    number: Number,
    text: Text,
    posted: Annotated[
        bool, typer.Option("--posted", help=_("You have posted the answer where the customer wrote."))
    ] = False,
    then: Annotated[
        Then | None,
        typer.Option(
            "--then",
            metavar="THEN",
            help=_(
                "wait for the customer (usual), solve the case, or stay in work; a solved case stays solved."
            ),
        ),
    ] = None,
) -> int:
    """Without --posted: prints the text with your name and the link where to post it; nothing is recorded."""
    app = open_application(session, "answer")
    from outlisten.app.care.actions.words import Said
    from outlisten.app.care.actions.words import answer as act

    me = who(session, app)
    if not posted:
        return _to_post(session, number, text, me)
    done = act(number, Said(text, posted=True, then=then.value if then else None), by=me)
    return said(session, done, session.words("Case {number} is answered in your name."))


def _to_post(session: Session, number: int, text: str, me: Account) -> int:
    from outlisten.app.care.answering import signed
    from outlisten.app.care.queries.door import case_for
    from outlisten.app.care.queries.thread import thread
    from outlisten.app.people.rules import Act

    case_for(me, number, Act.ANSWER)
    last = thread(me, number).last_post
    address = str(last["url"] or "") if last else ""
    if session.json:
        session.emit({"case": number, "posted": False, "text": signed(text, me.name), "url": address or None})
        return 0
    session.print(signed(text, me.name))
    if address:
        session.print(address)
    session.say(session.words("Nothing is recorded yet. Post it there, then run the same with --posted."))
    return 0
