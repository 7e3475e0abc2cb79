"""`outlisten case`: people who ask for help, and who helps them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.accounts import account_called, department_called
from outlisten.cli.application import Application, open_application
from outlisten.cli.commands.case_words import as_json, emit_case, print_case, print_rows
from outlisten.cli.endings import Refused, WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.care.actions.step import Done
    from outlisten.app.people.models import Account

Number = Annotated[int, typer.Argument(metavar="CASE", help=_("The number of the case."))]
InDepartment = Annotated[
    str | None,
    typer.Option("--department", metavar="KEY", help=_("A department by its key, such as support or hr.")),
]


@command(where="store")
def list_cases(
    session: Session,
    department: InDepartment = None,
    mine: Annotated[bool, typer.Option("--mine", help=_("Only cases you have."))] = False,
    solved: Annotated[bool, typer.Option("--solved", help=_("Solved cases instead of open ones."))] = False,
) -> int:
    """The cases you may see, those that wait for you first."""
    app = open_application(session, "see_cases")
    from outlisten.app.care.queries.queue import queue

    chosen = department_called(session, department) if department else None
    found = queue(
        who(session, app), department=chosen, show="solved" if solved else "mine" if mine else "open"
    )
    if session.json:
        session.emit(
            {
                "cases": [as_json(row) for row in found.rows],
                "total": found.total,
                "waiting": found.waiting,
            }
        )
        return 0
    print_rows(session, found)
    return 0


@command(where="store")
def show(session: Session, number: Number) -> int:
    """The whole case: what the customer wrote, what was answered, noted and promised."""
    app = open_application(session, "see_cases")
    from outlisten.app.care.queries.thread import thread

    print_case(session, thread(who(session, app), number))
    return 0


@command(where="store")
def open_case(
    session: Session,
    post: Annotated[str, typer.Argument(metavar="POST", help=_("The number of the post here, 16 signs."))],
    department: InDepartment = None,
    need: Annotated[
        str | None,
        typer.Option(
            "--need", metavar="NEED", help=_("asks, complains, leaving or thanks; found out otherwise.")
        ),
    ] = None,
) -> int:
    """Makes a post a case. A post that is in a case stays there."""
    app = open_application(session, "open_case")
    from django.http import Http404

    from outlisten.app.care.actions.by_hand import open_by_hand
    from outlisten.app.care.models import Need

    _ = session.words
    if need is not None and need not in Need.values:
        raise WrongUsage(_("--need is one of: {values}.").format(values=", ".join(Need.values)))
    chosen = department_called(session, department) if department else None
    try:
        opened = open_by_hand(
            post, by=who(session, app), department=chosen, need=Need(need) if need else None
        )
    except Http404:
        raise Refused(_("There is no post {post} here.").format(post=post)) from None
    if opened.case is not None:
        emit_case(session, opened.case, _("Case {number}."))
    elif session.json:
        session.emit({"case": None})
    else:
        session.print(_("Passed on to the colleagues who look after it."))
    return 0


@command(where="store")
def take(session: Session, number: Number) -> int:
    """Makes a free case yours. Of two people who try at once, one gets it."""
    app = open_application(session, "take_case")
    from outlisten.app.care.actions.holding import take as act

    return said(session, act(number, by=who(session, app)), session.words("Case {number} is yours."))


@command(where="store")
def let_go(session: Session, number: Number) -> int:
    """Gives your case back to the queue."""
    app = open_application(session, "take_case")
    from outlisten.app.care.actions.holding import let_go as act

    return said(session, act(number, by=who(session, app)), session.words("You let case {number} go."))


@command(where="store")
def handover(
    session: Session,
    number: Number,
    department: InDepartment = None,
    to: Annotated[str | None, typer.Option("--to", metavar="EMAIL", help=_("A colleague."))] = None,
    note: Annotated[
        str, typer.Option("--note", metavar="TEXT", help=_("What they must know, so that nobody asks twice."))
    ] = "",
) -> int:
    """Hands a case to another department or a colleague."""
    app = open_application(session, "work_on_case")
    from outlisten.app.care.actions.holding import hand_over

    done = hand_over(
        number, by=who(session, app), department=department_called(session, department) if department else None,
        to=account_called(session, to) if to else None, note=note,
    )  # fmt: skip
    return said(session, done, session.words("Case {number} was handed over."))


def who(session: Session, app: Application) -> Account:
    """The account that acts: there are no cases before there is somebody to answer them."""
    if app.account is None:
        raise Refused(session.words("There is no account yet. Set Outlisten up first: outlisten serve"))
    return app.account


def said(session: Session, done: Done, sentence: str) -> int:
    """What became of a case after a step."""
    emit_case(session, done.case, sentence)
    return 0


def day(session: Session, option: str, text: str) -> date:
    """A day as typed. Raises WrongUsage for what is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise WrongUsage(
            session.words("{option} {text} is not a day. Write it as 2026-03-09.").format(
                option=option, text=text
            )
        ) from None
