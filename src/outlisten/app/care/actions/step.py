"""One step on a case: kept in its history and the audit log, told to open pages, with what takes it back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from outlisten.app.care.models import Case, Entry
from outlisten.app.people.actions.undoing import signed
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Actor
from outlisten.app.trust.audit import Detail, record
from outlisten.app.trust.models import AuditRow
from outlisten.app.web.live import publish

# Deadlines are not among them: they follow from these and from the department's service level.
REVERSIBLE = ("state", "owner_id", "department_id", "unanswered_since", "first_answered_at", "solved_at")
TIMES = ("unanswered_since", "first_answered_at", "solved_at")
Values = dict[str, Any]


class NotNow(Exception):
    """The case is not in a state for this; the message is one sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was done: the case as it is now, and a token that takes the step back, blank when nothing can."""

    case: Case
    undo: str = ""


@dataclass(slots=True)
class Step:
    """What a step is: its line in the history, its name in the audit log, and what must be put back to undo it."""

    kind: Entry.Kind
    act: str
    text: str = ""
    shown: Values = field(default_factory=dict)  # for the history: ids and our own words
    audited: dict[str, Detail] = field(default_factory=dict)
    made: Values = field(default_factory=dict)  # what undo removes or reopens: entry, promise, pause ids
    undoable: bool = True


def snapshot(case: Case) -> Values:
    """The values that an undo puts back."""
    values = {name: getattr(case, name) for name in REVERSIBLE}
    return values | {name: values[name].isoformat() if values[name] else None for name in TIMES}


def finish(case: Case, step: Step, before: Values, *, by: Account) -> Done:
    """Save the case one version on, write history and audit; inside the act's transaction."""
    case.version += 1
    case.save()
    entry = Entry.objects.create(
        case=case, kind=step.kind, at=timezone.now(), by=by, text=step.text, details=step.shown
    )
    record(step.act, by=by, about=case.about, outcome=AuditRow.Outcome.DONE, entry=entry.pk, **step.audited)
    transaction.on_commit(lambda: publish("care", {}))
    if not step.undoable:
        return Done(case)
    change = {"case": case.pk, "version": case.version, "by": by.pk, "before": before, "made": step.made}
    return Done(case, signed("case", change | {"entry": entry.pk}))


def end_pause(case: Case, now: datetime) -> Values:
    """End the pause that lasts, if one does; what undo needs to open it again."""
    pause = case.pauses.filter(ended_at=None).first()
    if pause is None:
        return {}
    pause.ended_at = now
    pause.save(update_fields=["ended_at"])
    return {"ended_pause": pause.pk}


def person(actor: Actor) -> Account:
    """The account behind an actor who was let in: the rules refuse anybody else before."""
    assert isinstance(actor, Account)
    return actor
