"""`outlisten department`: the parts of the company, each with a queue of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.application import open_application
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.people.models import Department

Called = Annotated[str, typer.Argument(metavar="NAME", help=_("What the department is called."))]
Key = Annotated[
    str | None,
    typer.Option(metavar="KEY", help=_("Letters, digits and hyphens by which commands name it; else made from the name.")),
]  # fmt: skip


@command(where="store")
def list_departments(session: Session) -> int:
    """All departments in their order, each with how many open accounts it has."""
    open_application(session, "search")
    from outlisten.app.people.queries import departments

    found = departments()
    if session.json:
        session.emit({"departments": [{**_as_json(one), "people": people} for one, people in found]})
        return 0
    for one, people in found:
        session.print(f"{one.key}\t{one.label}\t{people}")
    return 0


@command(where="store")
def add_department(session: Session, name: Called, key: Key = None) -> int:
    """Adds a department of one's own."""
    app = open_application(session, "manage_accounts")
    from django.contrib.auth.models import AnonymousUser

    from outlisten.app.people.actions.departments import add_department as add

    made = add(name, key=key or "", by=app.account or AnonymousUser())
    if session.json:
        session.emit(_as_json(made))
    else:
        session.print(made.key)
    return 0


def _as_json(department: Department) -> dict[str, object]:
    return {"key": department.key, "name": department.label}
