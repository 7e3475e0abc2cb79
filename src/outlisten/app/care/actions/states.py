"""Where a case stands: waiting for the customer, solved, open again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outlisten.app.care.actions.step import Done, NotNow, Step, end_pause, finish, person, snapshot
from outlisten.app.care.models import Case, Entry, Pause
from outlisten.app.care.queries.door import case_for
from outlisten.app.care.times import set_clock
from outlisten.app.people.rules import Act, Actor

State = Case.State


@transaction.atomic
def wait(pk: int, *, by: Actor) -> Done:
    """Wait for the customer's word: the clock stands still until they write. Raises Refused, NoSuchCase, NotNow."""
    case = case_for(by, pk, Act.WORK_ON_CASE, lock=True)
    before = snapshot(case)
    if case.state in (State.SOLVED, State.WAITING_CUSTOMER):
        raise NotNow(_("The case is %(state)s already.") % {"state": case.get_state_display()})
    case.state = State.WAITING_CUSTOMER
    pause = Pause.objects.create(case=case, started_at=timezone.now())
    set_clock(case)
    step = Step(Entry.Kind.WAITING, "case.wait", made={"pause": pause.pk})
    return finish(case, step, before, by=person(by))


@transaction.atomic
def solve(pk: int, *, by: Actor) -> Done:
    """Close a case whose customer has what they need. Raises Refused, NoSuchCase, NotNow."""
    case = case_for(by, pk, Act.CLOSE_CASE, lock=True)
    before, now = snapshot(case), timezone.now()
    if case.state == State.SOLVED:
        raise NotNow(_("The case is %(state)s already.") % {"state": case.get_state_display()})
    made = end_pause(case, now)
    case.state, case.solved_at, case.unanswered_since = State.SOLVED, now, None
    set_clock(case)
    return finish(case, Step(Entry.Kind.SOLVED, "case.solve", made=made), before, by=person(by))


@transaction.atomic
def reopen(pk: int, *, by: Actor) -> Done:
    """Open a solved case again. Raises Refused, NoSuchCase, NotNow."""
    case = case_for(by, pk, Act.CLOSE_CASE, lock=True)
    before = snapshot(case)
    if case.state != State.SOLVED:
        raise NotNow(_("The case is open."))
    case.state, case.solved_at, case.unanswered_since = State.REOPENED, None, timezone.now()
    set_clock(case)
    return finish(case, Step(Entry.Kind.REOPENED, "case.reopen"), before, by=person(by))
