"""Accounts and departments as commands name and show them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.endings import Refused
from outlisten.cli.locales import help_words as _
from outlisten.cli.ports import DEFAULT_PORT
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.people.models import Account, Department


class Role(StrEnum):
    """What an account may do; the owner is the first account."""

    ADMIN = "admin"
    LEAD = "lead"
    RESPONDER = "responder"
    ANALYST = "analyst"
    VIEWER = "viewer"
    AGENCY = "agency"


Email = Annotated[str, typer.Argument(metavar="EMAIL", help=_("The e-mail address of the account."))]
Name = Annotated[str | None, typer.Option(metavar="NAME", help=_("The name colleagues and customers see."))]
Departments = Annotated[
    list[str] | None,
    typer.Option(
        "--department",
        metavar="KEY",
        help=_("A department by its key, see `outlisten department list`; repeat for more."),
    ),
]


def account_called(session: Session, email: str) -> Account:
    """The account of this address. Raises Refused with where to look."""
    from outlisten.app.people.models import Account

    account = Account.objects.filter(email__iexact=email.strip()).first()
    if account is None:
        said = session.words("There is no account {email} here. `outlisten user list` shows them.")
        raise Refused(said.format(email=email))
    return account


def open_account(session: Session, email: str) -> Account:
    """The account of this address that somebody can act as. Raises Refused with where to look."""
    from outlisten.app.people.models import Account

    account = Account.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if account is None:
        said = session.words(
            "There is no open account {email} in this home. `outlisten user list` shows them."
        )
        raise Refused(said.format(email=email))
    return account


def departments_called(session: Session, keys: Sequence[str]) -> list[Department]:
    """The departments of these keys. Raises Refused for a key there is not, with those there are."""
    from outlisten.app.people.models import Department

    known = {department.key: department for department in Department.objects.all()}
    wanted = {key.strip().lower(): key for key in keys}
    unknown = next((typed for key, typed in wanted.items() if key not in known), None)
    if unknown is not None:
        said = session.words("There is no department {key}. There are: {known}.")
        raise Refused(said.format(key=unknown, known=", ".join(known)))
    return [known[key] for key in wanted]


def department_called(session: Session, key: str) -> Department:
    """The department of this key. Raises Refused as `departments_called`."""
    return departments_called(session, [key])[0]


def account_json(account: Account) -> dict[str, object]:
    """An account as JSON."""
    return {
        "email": account.email, "name": account.name, "role": account.role, "open": account.is_active,
        "departments": [department.key for department in account.departments.all()],
        "background": account.background or None,
    }  # fmt: skip


def base_address(session: Session) -> str:
    """Where the pages are, for links: the configured address, else the running server's, else the usual one."""
    from django.conf import settings

    serving = session.terminal.serving
    return settings.ADDRESS or (serving.address if serving else f"http://127.0.0.1:{DEFAULT_PORT}")
