"""`outlisten user`: the accounts of this installation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.application import open_application
from outlisten.cli.endings import Refused
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.ports import DEFAULT_PORT
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.people.models import Account

Email = Annotated[str, typer.Argument(metavar="EMAIL", help=_("The e-mail address of the account."))]
Name = Annotated[str | None, typer.Option(metavar="NAME", help=_("The name colleagues and customers see."))]
Role = Annotated[
    str,
    typer.Option(
        metavar="ROLE",
        help=_("admin, lead, responder, analyst, viewer or agency; the first account is the owner."),
    ),
]


@command(where="store")
def add(session: Session, email: Email, name: Name = None, role: Role = "viewer") -> int:
    """Makes an account and prints the link with which that person signs in the first time."""
    from outlisten.app.people.actions import add_account

    app = open_application(session, "manage_accounts")
    account = add_account(
        email=email, name=name or email.partition("@")[0], role=role, language=session.locale, by=app.account
    )
    return _say_link(session, account)


@command(where="store")
def reset(session: Session, email: Email) -> int:
    """Prints a link that signs this person in once, on this machine, to choose a new password."""
    from outlisten.app.people.models import Account

    open_application(session, "manage_accounts")
    account = Account.objects.filter(email__iexact=email.strip()).first()
    if account is None:
        raise Refused(
            session.words("There is no account {email} here. `outlisten user list` shows them.").format(
                email=email
            )
        )
    return _say_link(session, account)


@command(where="store")
def list_accounts(session: Session) -> int:
    """Everybody who has an account, by name."""
    from outlisten.app.people.models import Account

    open_application(session, "manage_accounts")
    accounts = list(Account.objects.all())
    if session.json:
        session.emit({"accounts": [_as_json(account) for account in accounts]})
        return 0
    for account in accounts:
        session.print(f"{account.email}\t{account.name}\t{account.get_role_display()}")
    if not accounts:
        session.say(
            session.words("There is no account yet. `outlisten serve` prints the link that makes the first.")
        )
    return 0


def _say_link(session: Session, account: Account) -> int:
    from outlisten.app.people.actions import sign_in_link

    serving = session.terminal.serving
    link = sign_in_link(serving.address if serving else f"http://127.0.0.1:{DEFAULT_PORT}", account)
    if session.json:
        session.emit({**_as_json(account), "sign_in": link})
        return 0
    session.print(link)
    _ = session.words
    session.say(_("The link works once, on this machine, within a day."))
    if serving is None:
        session.say(_("Start the server first: outlisten serve"))
    return 0


def _as_json(account: Account) -> dict[str, object]:
    return {"email": account.email, "name": account.name, "role": account.role, "open": account.is_active}
