"""Taking the last step back, as long as nobody has done anything in the case since."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outlisten.app.care.actions.step import TIMES
from outlisten.app.care.models import Case, Entry, Pause, Promise
from outlisten.app.care.times import set_clock
from outlisten.app.people.actions.undoing import CannotUndo, unsigned
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import record
from outlisten.app.web.live import publish


@transaction.atomic
def undo(token: str, *, by: Actor) -> Case:
    """Put a case back to before one's own last step. Raises Refused, CannotUndo.

    It works also after a case was handed to a department that the person cannot see, while they still work in the
    department that it comes back to.
    """
    step = unsigned("case", token)
    require(by, Act.WORK_ON_CASE, step["before"]["department_id"], about=f"case:{step['case']}")
    mine = Case.objects.select_for_update().filter(pk=step["case"], version=step["version"])
    case = mine.first() if step["by"] == by.pk else None
    if case is None:
        raise CannotUndo(_("This can no longer be undone: something else happened in the case since."))
    for name, value in step["before"].items():
        setattr(case, name, datetime.fromisoformat(value) if name in TIMES and value else value)
    _unmake(step)
    set_clock(case)
    case.version += 1
    case.save()
    if not step["made"].get("remove_entry"):
        Entry.objects.create(case=case, kind=Entry.Kind.UNDONE, at=timezone.now(), by_id=by.pk)
    record("case.undo", by=by, about=case.about, entry=step["entry"])
    transaction.on_commit(lambda: publish("care", {}))
    return case


def _unmake(step: dict[str, Any]) -> None:
    """Remove or open again what the step made beside the case itself."""
    made = step["made"]
    if made.get("remove_entry"):
        Entry.objects.filter(pk=step["entry"]).delete()
    if "promise" in made:
        Promise.objects.filter(pk=made["promise"]).delete()
    if "unsettle" in made:
        Promise.objects.filter(pk=made["unsettle"]).update(kept=None, settled_at=None, settled_by=None)
    if "pause" in made:
        Pause.objects.filter(pk=made["pause"]).delete()
    if "ended_pause" in made:
        Pause.objects.filter(pk=made["ended_pause"]).update(ended_at=None)
