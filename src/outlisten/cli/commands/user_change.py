"""`outlisten user change`: another role, other departments, closed or open."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.accounts import (
    Departments,
    Email,
    Role,
    account_called,
    account_json,
    departments_called,
)
from outlisten.cli.application import open_application
from outlisten.cli.endings import WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.people.models import Account
    from outlisten.app.people.rules import Actor


class Background(StrEnum):
    """The trade somebody came from."""

    CUSTOMER_SERVICE = "customer_service"
    SALES = "sales"
    MARKETING = "marketing"
    ENGINEERING = "engineering"
    OPERATIONS = "operations"
    OTHER = "other"


NewRole = Annotated[
    Role | None,
    typer.Option("--role", metavar="ROLE", help=_("admin, lead, responder, analyst, viewer or agency.")),
]
NoDepartment = Annotated[
    bool, typer.Option("--no-department", help=_("Take the person out of all departments."))
]
Trade = Annotated[
    Background | None,
    typer.Option(
        "--background",
        metavar="BACKGROUND",
        help=_("customer_service, sales, marketing, engineering, operations or other."),
    ),
]
Close = Annotated[bool, typer.Option("--close", help=_("End this account's access; it can be opened again."))]
Reopen = Annotated[bool, typer.Option("--reopen", help=_("Let a closed account in again."))]


@command(where="store")
def change(
    session: Session, email: Email, role: NewRole = None, department: Departments = None,
    no_department: NoDepartment = False, background: Trade = None, close: Close = False, reopen: Reopen = False,
) -> int:  # fmt: skip
    """The departments given replace those there were. Everything or nothing is changed."""
    wishes = (role, department, no_department, background)
    _refuse_nonsense(session, wishes, close, reopen, bool(department) and no_department)
    app = open_application(session, "manage_accounts")
    from django.contrib.auth.models import AnonymousUser
    from django.db import transaction

    by = app.account or AnonymousUser()
    account = account_called(session, email)
    with transaction.atomic():
        if any(wishes):
            _change(session, account, role, department, no_department, background, by)
        if close or reopen:
            _open_or_close(account, close, by)
    if session.json:
        session.emit(account_json(account))
    else:
        session.print(session.words("{email} is changed.").format(email=account.email))
    return 0


def _refuse_nonsense(
    session: Session, wishes: tuple[object, ...], close: bool, reopen: bool, both: bool
) -> None:
    _ = session.words
    if close and reopen:
        raise WrongUsage(_("Give --close or --reopen, not both."))
    if both:
        raise WrongUsage(_("Give --department or --no-department, not both."))
    if not (any(wishes) or close or reopen):
        raise WrongUsage(
            _("Say what to change: --role, --department, --no-department, --background, --close or --reopen.")
        )


def _change(
    session: Session, account: Account, role: Role | None, department: list[str] | None, no_department: bool,
    background: Background | None, by: Actor,
) -> None:  # fmt: skip
    from outlisten.app.people.actions.accounts import change_account

    places = departments_called(session, department) if department else list(account.departments.all())
    change_account(
        account, role=role.value if role else account.role, departments=[] if no_department else places,
        background=background.value if background else None, by=by,
    )  # fmt: skip


def _open_or_close(account: Account, close: bool, by: Actor) -> None:
    from outlisten.app.people.actions.accounts import close_account, reopen_account

    if close:
        close_account(account, by=by)
    else:
        reopen_account(account, by=by)
