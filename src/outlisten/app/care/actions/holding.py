"""Who holds a case: take it, let it go, hand it over."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from outlisten.app.care.actions.step import Done, NotNow, Step, finish, person, snapshot
from outlisten.app.care.models import Case, Entry
from outlisten.app.care.queries.door import case_for
from outlisten.app.care.times import set_clock
from outlisten.app.people.models import Account, Department
from outlisten.app.people.rules import Act, Actor, may
from outlisten.app.trust.audit import Detail

State = Case.State


class Taken(NotNow):
    """Somebody else has the case."""

    def __init__(self, owner: Account | None) -> None:
        name = owner.name if owner else "–"
        super().__init__(_("%(name)s has this case already.") % {"name": name})


@transaction.atomic
def take(pk: int, *, by: Actor) -> Done:
    """Make a free case one's own. Of two who try at once, one gets it. Raises Refused, NoSuchCase, NotNow."""
    case = case_for(by, pk, Act.TAKE_CASE)
    before = snapshot(case)
    # One conditional update decides, whatever both have read before.
    free = Case.objects.filter(pk=pk, owner=None).exclude(state=State.SOLVED)
    if not free.update(owner=person(by), version=F("version") + 1):
        case.refresh_from_db()
        raise NotNow(_("The case is solved.")) if case.state == State.SOLVED else Taken(case.owner)
    case = case_for(by, pk, Act.TAKE_CASE, lock=True)
    if case.state in (State.NEW, State.REOPENED):
        case.state = State.OPEN
    return finish(case, Step(Entry.Kind.TOOK, "case.take"), before, by=person(by))


@transaction.atomic
def let_go(pk: int, *, by: Actor) -> Done:
    """Give one's own case back to the queue. Raises Refused, NoSuchCase, NotNow."""
    case = case_for(by, pk, Act.TAKE_CASE, lock=True)
    before = snapshot(case)
    if case.owner_id != person(by).pk:
        raise NotNow(_("You do not have this case."))
    case.owner = None
    if case.state == State.OPEN:
        case.state = State.NEW if case.first_answered_at is None else State.WAITING_US
    return finish(case, Step(Entry.Kind.LET_GO, "case.let_go"), before, by=person(by))


@transaction.atomic
def hand_over(
    pk: int, *, by: Actor, department: Department | None = None, to: Account | None = None, note: str = ""
) -> Done:
    """Hand the case to another department or a colleague, with a note so that the customer need not repeat.

    Raises Refused, NoSuchCase, NotNow.
    """
    case = case_for(by, pk, Act.WORK_ON_CASE, lock=True)
    before = snapshot(case)
    if case.state == State.SOLVED:
        raise NotNow(_("The case is solved. Reopen it first."))
    department = department or case.department
    if to is None and department.pk == case.department_id:
        raise NotNow(_("Say to which department or colleague it goes."))
    if to is not None and not may(to, Act.TAKE_CASE, department):
        raise NotNow(
            _("%(name)s cannot take cases of %(department)s.")
            % {"name": to.name, "department": department.label}
        )
    if to is None and not note.strip():
        raise NotNow(_("Write a note for the other department, so that the customer need not repeat."))
    case.department, case.owner = department, to
    case.state = State.OPEN if to else State.NEW if case.first_answered_at is None else State.WAITING_US
    if before["state"] == State.WAITING_CUSTOMER:
        case.state = State.WAITING_CUSTOMER
    set_clock(case)
    shown = {"department": department.label, "to": to.name if to else ""}
    audited: dict[str, Detail] = {"department": department.pk, "to": to.pk if to else None}
    step = Step(Entry.Kind.HANDED, "case.hand_over", text=note.strip(), shown=shown, audited=audited)
    return finish(case, step, before, by=person(by))
