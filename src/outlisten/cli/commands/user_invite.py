"""`outlisten user invite`: ask somebody in, by e-mail or by a link."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.accounts import Departments, Email, Name, Role, base_address, departments_called
from outlisten.cli.application import open_application
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.people.actions.invitations import Handed

GivenRole = Annotated[
    Role,
    typer.Option("--role", metavar="ROLE", help=_("admin, lead, responder, analyst, viewer or agency.")),
]


class Language(StrEnum):
    """The languages there are."""

    ENGLISH = "en"
    CHINESE = "zh-hans"


GivenLanguage = Annotated[
    Language | None,
    typer.Option(
        "--language", metavar="LANGUAGE", help=_("en or zh-hans: of the invitation and of the pages.")
    ),
]


@command(where="store")
def invite(
    session: Session, email: Email, name: Name = None, role: GivenRole = Role.VIEWER,
    department: Departments = None, language: GivenLanguage = None,
) -> int:  # fmt: skip
    """Sends an e-mail where the installation sends any, and prints the link in any case."""
    app = open_application(session, "manage_accounts")
    from django.contrib.auth.models import AnonymousUser

    from outlisten.app.people.actions.invitations import Guest
    from outlisten.app.people.actions.invitations import invite as ask_in

    guest = Guest(
        email=email, name=name or email.partition("@")[0], role=role.value,
        language=language.value if language else session.locale,
        departments=tuple(departments_called(session, department or ())),
    )  # fmt: skip
    handed = ask_in(guest, base=base_address(session), by=app.account or AnonymousUser())
    if session.json:
        session.emit(_as_json(handed))
    else:
        _say(session, handed)
    return 0


def _say(session: Session, handed: Handed) -> None:
    _ = session.words
    session.print(handed.link)
    if handed.sent:
        session.say(_("The invitation was sent to {email}.").format(email=handed.invitation.email))
    if handed.problem:
        session.say(handed.problem)
    session.say(_("The link works once, from any machine, for seven days. It is shown only now."))


def _as_json(handed: Handed) -> dict[str, object]:
    invitation = handed.invitation
    return {
        "email": invitation.email, "name": invitation.name, "role": invitation.role,
        "departments": [department.key for department in invitation.departments.all()],
        "language": invitation.language, "link": handed.link, "sent": handed.sent,
        "expires_at": f"{invitation.expires_at:%Y-%m-%dT%H:%M:%SZ}",
    }  # fmt: skip
