"""`outlisten user add`, `reset` and `list`: the accounts of this installation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.accounts import (
    Departments,
    Email,
    Name,
    Role,
    account_called,
    account_json,
    departments_called,
)
from outlisten.cli.application import open_application
from outlisten.cli.endings import Refused
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.ports import DEFAULT_PORT
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.people.models import Account

GivenRole = Annotated[
    Role,
    typer.Option(
        "--role",
        metavar="ROLE",
        help=_("admin, lead, responder, analyst, viewer or agency; the first account is the owner."),
    ),
]


@command(where="store")
def add(
    session: Session, email: Email, name: Name = None, role: GivenRole = Role.VIEWER,
    department: Departments = None,
) -> int:  # fmt: skip
    """Makes an account and prints the link with which that person signs in the first time."""
    app = open_application(session, "manage_accounts")
    from outlisten.app.people.actions import add_account
    from outlisten.app.people.models import Account

    if Account.objects.filter(email__iexact=email.strip()).exists():
        raise Refused(session.words("There is an account {email} already.").format(email=email))
    account = add_account(
        email=email,
        name=name or email.partition("@")[0],
        role=role.value,
        language=session.locale,
        departments=departments_called(session, department or ()),
        by=app.account,
    )
    return _say_link(session, account)


@command(where="store")
def reset(session: Session, email: Email) -> int:
    """Prints a link that signs this person in once, on this machine, to choose a new password."""
    app = open_application(session, "manage_accounts")
    from outlisten.app.people.actions import forget_password

    account = account_called(session, email)
    forget_password(account, by=app.account)
    return _say_link(session, account)


@command(where="store")
def list_accounts(session: Session) -> int:
    """Everybody who has an account: open ones first, then by name."""
    app = open_application(session, "manage_accounts")
    from outlisten.app.people.queries import accounts

    found = list(accounts(by=app.account)) if app.account else []
    if session.json:
        session.emit({"accounts": [account_json(account) for account in found]})
        return 0
    for account in found:
        session.print("\t".join(_cells(session, account)))
    if not found:
        session.say(
            session.words("There is no account yet. `outlisten serve` prints the link that makes the first.")
        )
    return 0


def _cells(session: Session, account: Account) -> list[str]:
    places = ", ".join(department.label for department in account.departments.all())
    state = "" if account.is_active else session.words("closed")
    return [cell for cell in (account.email, account.name, account.get_role_display(), places, state) if cell]


def _say_link(session: Session, account: Account) -> int:
    from outlisten.app.people.actions import sign_in_link

    serving = session.terminal.serving
    link = sign_in_link(serving.address if serving else f"http://127.0.0.1:{DEFAULT_PORT}", account)
    if session.json:
        session.emit({**account_json(account), "sign_in": link})
        return 0
    session.print(link)
    _ = session.words
    session.say(_("The link works once, on this machine, within a day."))
    if serving is None:
        session.say(_("Start the server first: outlisten serve"))
    return 0
