"""`outlisten calendar` and `outlisten participation`: minutes of meetings, and who takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.application import open_application
from outlisten.cli.endings import Refused
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.people.models import Account, Department

File = Annotated[str, typer.Argument(metavar="FILE", help=_("A calendar that was exported as .ics."))]
Key = Annotated[
    str, typer.Option("--department", metavar="KEY", help=_("Whose calendar: support, product, sales, …"))
]
Whose = Annotated[
    str,
    typer.Option(
        metavar="EMAIL", help=_("The person whose calendar it is, to leave out what they declined.")
    ),
]
Ours = Annotated[
    list[str] | None, typer.Option("--ours", metavar="DOMAIN", help=_("A domain of our own addresses."))
]
Customers = Annotated[
    list[str] | None,
    typer.Option("--customers", metavar="DOMAIN", help=_("A domain of customers’ addresses.")),
]


@command(where="store")
def import_calendar(session: Session, file: File, department: Key, whose: Whose = "") -> int:
    """Keeps department, week, kind and minutes; titles, names and addresses never reach the database."""
    app = open_application(session, "import_calendar")
    from django.core.exceptions import ValidationError

    from outlisten.app.participation import actions, wording
    from outlisten.app.participation.calendars import BadCalendar

    place = _department(session, department)
    data = _bytes(session, file)
    try:
        found = actions.import_calendar(data, place, by=app.account or _owner(), whose=whose)
    except (BadCalendar, ValidationError) as problem:
        raise Refused(problem.messages[0] if isinstance(problem, ValidationError) else str(problem)) from None
    if session.json:
        session.emit({
            "added": found.added, "updated": found.updated, "known": found.known, "kinds": found.kinds,
            "left_out": found.left_out, "damaged": found.damaged,
        })  # fmt: skip
    else:
        session.print(wording.import_sentence(found))
    return 0


@command(where="store")
def set_domains(session: Session, ours: Ours = None, customers: Customers = None) -> int:
    """Without options the domains are shown; with them both lists are replaced."""
    app = open_application(session, "import_calendar")
    from django.core.exceptions import ValidationError

    from outlisten.app.participation import actions

    if ours or customers:
        try:
            actions.set_domains(ours or [], customers or [], by=app.account or _owner())
        except ValidationError as problem:
            raise Refused(problem.messages[0]) from None
    known = actions.domains()
    if session.json:
        session.emit({"ours": sorted(known.ours), "customers": sorted(known.customers)})
        return 0
    for side, found in (
        (session.words("our domain"), known.ours),
        (session.words("a customer’s domain"), known.customers),
    ):
        for domain in sorted(found):
            session.print(f"{side}\t{domain}")
    return 0


@command(where="store")
def participation(session: Session) -> int:
    """Talk with customers against talk among ourselves, and which departments listened, answered and decided."""
    app = open_application(session, "see_statements")
    from outlisten.app.participation import wording
    from outlisten.app.participation.queries.takes_part import takes_part
    from outlisten.app.participation.queries.talk import talk

    reader = app.account or _owner()
    hours, part = talk(reader), takes_part(reader)
    sentences = [
        wording.talk_sentence(hours.whole),
        wording.part_sentence(part),
        wording.concentration_sentence(part.concentration),
    ]
    if not session.json:
        for sentence in sentences:
            session.print(sentence)
        return 0
    session.emit({
        "sentences": sentences,
        "talk_balance": hours.whole.share,
        "hours": {
            "internal": hours.whole.internal, "customers": hours.whole.customers, "cases": hours.whole.cases,
            "unknown": hours.whole.unknown,
        },
        "departments": [
            {"name": one.name, "people": one.people, "listened": one.listened, "answered": one.answered, "decided": one.decided}
            for one in part.staffed
        ],
        "top_three": part.concentration.top and part.concentration.top.as_json(),
        "effective_departments": part.concentration.departments and part.concentration.departments.as_json(),
    })  # fmt: skip
    return 0


def _department(session: Session, key: str) -> Department:
    from outlisten.app.people.models import Department

    found = Department.objects.filter(key=key.strip().lower()).first()
    if found is None:
        known = ", ".join(Department.objects.values_list("key", flat=True))
        raise Refused(
            session.words("There is no department {key} here. Choose one of: {known}.").format(
                key=key, known=known
            )
        )
    return found


def _bytes(session: Session, name: str) -> bytes:
    """The file, never more of it than may be read."""
    from outlisten.app.participation.calendars.limits import BYTES
    from outlisten.cli.input_files import input_files

    with input_files(session, [name])[0].open("rb") as source:
        return source.read(BYTES + 1)


def _owner() -> Account:
    """Before there is an owner, the home's reader acts."""
    from outlisten.app.people.models import Account

    return Account(role=Account.Role.OWNER)
