"""`outlisten case levels`: how soon each department answers, and when it is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.accounts import department_called
from outlisten.cli.application import open_application
from outlisten.cli.commands.case import InDepartment, who
from outlisten.cli.endings import Refused, WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.care.forms import ServiceLevelForm
    from outlisten.app.care.models import ServiceLevel
    from outlisten.app.people.models import Account

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OPENING = re.compile(r"([a-z]{3})(?:-([a-z]{3}))?=([0-9:]+)-([0-9:]+)")

Hours = Annotated[
    str | None,
    typer.Option(
        "--hours", metavar="HOURS", help=_("First answer within so many open hours, such as 4 or 0.5.")
    ),
]
Opening = Annotated[
    list[str] | None,
    typer.Option(
        "--open",
        metavar="DAYS=HOURS",
        help=_("When it is there: mon-fri=09:00-18:00; repeat for more. Days that are not named are closed."),
    ),
]
Holidays = Annotated[
    list[str] | None,
    typer.Option("--holiday", metavar="DAY", help=_("A day off, as 2026-10-01; repeat for all there are.")),
]
Zone = Annotated[
    str | None,
    typer.Option("--zone", metavar="ZONE", help=_("Such as Asia/Shanghai; empty: the workspace's.")),
]


@command(where="store")
def levels(
    session: Session, department: InDepartment = None, hours: Hours = None, opening: Opening = None,
    holiday: Holidays = None, zone: Zone = None,
) -> int:  # fmt: skip
    """Without options: the service levels of your departments. What is not given stays as it is."""
    changes = (hours, opening, holiday, zone)
    if department is None and any(change is not None for change in changes):
        raise WrongUsage(session.words("Say whose service level it is: --department KEY."))
    app = open_application(session, "manage_care")
    me = who(session, app)
    if department is not None and any(change is not None for change in changes):
        _set(session, me, department, changes)
    return _list(session, me, department)


def _list(session: Session, me: Account, key: str | None) -> int:
    from outlisten.app.care.durations import hours_minutes
    from outlisten.app.care.queries.levels import levels as kept
    from outlisten.app.care.templatetags.care import week_in_words

    chosen = department_called(session, key) if key else None
    found = [one for one in kept(me) if chosen is None or one.department.pk == chosen.pk]
    if session.json:
        session.emit({"levels": [_as_json(one.department.key, one.level) for one in found]})
        return 0
    for one in found:
        within = hours_minutes(one.level.target_minutes)
        session.print(f"{one.department.key}\t{one.department.label}\t{within}\t{week_in_words(one.level)}")
    return 0


def _as_json(key: str, level: ServiceLevel) -> dict[str, object]:
    week = {DAYS[int(day)]: f"{opens}-{closes}" for day, (opens, closes) in sorted(level.week.items())}
    return {
        "department": key, "target_minutes": level.target_minutes, "open": week, "holidays": level.holidays,
        "zone": level.zone or None,
    }  # fmt: skip


def _set(
    session: Session, me: Account, key: str,
    changes: tuple[str | None, list[str] | None, list[str] | None, str | None],
) -> None:  # fmt: skip
    """By the form of the page, so that both refuse the same with the same sentence."""
    from outlisten.app.care.actions.service_levels import set_service_level
    from outlisten.app.care.forms import ServiceLevelForm, first_problem
    from outlisten.app.care.times import level_of
    from outlisten.app.people.rules import Act, require

    chosen, (hours, opening, holidays, zone) = department_called(session, key), changes
    require(me, Act.MANAGE_CARE, chosen, about=f"department:{chosen.pk}")
    level = level_of(chosen.pk)
    given = _as_the_page_sends(ServiceLevelForm(instance=level))
    given |= _week(session, opening) if opening is not None else {}
    given |= {"hours": hours} if hours is not None else {}
    given |= {"days_off": "\n".join(holidays)} if holidays is not None else {}
    given |= {"zone": zone} if zone is not None else {}
    form = ServiceLevelForm(given, instance=level)
    if not form.is_valid():
        raise Refused(first_problem(form))
    set_service_level(form.instance, by=me)


def _as_the_page_sends(form: ServiceLevelForm) -> dict[str, str]:
    return {name: str(form[name].value() or "") for name in form.fields}


def _week(session: Session, opening: list[str]) -> dict[str, str]:
    """The fields of the form; a day that is not named is closed."""
    week = {f"{part}_{day}": "" for day in range(7) for part in ("opens", "closes")}
    for text in opening:
        found = OPENING.fullmatch(text.strip().lower())
        first, last = (found[1], found[2] or found[1]) if found else ("", "")
        if found is None or first not in DAYS or last not in DAYS or DAYS.index(first) > DAYS.index(last):
            said = session.words("{text} are no opening hours. Write them as mon-fri=09:00-18:00.")
            raise WrongUsage(said.format(text=text))
        for day in range(DAYS.index(first), DAYS.index(last) + 1):
            week |= {f"opens_{day}": found[3], f"closes_{day}": found[4]}
    return week
