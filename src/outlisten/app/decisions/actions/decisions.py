"""Recording decisions, changing them, moving them on, withdrawing them. Every act keeps what was before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outlisten.app.decisions.actions.history import put_back, values_of, write_down
from outlisten.app.decisions.actions.insights import usable
from outlisten.app.decisions.models import Decision, DecisionChange, Insight, Outcome
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Actor, require

UNDO_FOR = timedelta(days=1)


class CannotUndo(Exception):
    """The undo comes too late or meets something newer; the message is one sentence for the reader."""


@transaction.atomic
def add(
    decision: Decision, insights: Sequence[Insight], *, from_none: bool = False, by: Actor
) -> DecisionChange:
    """Record a decision made from insights, or from none where `from_none` says so.

    Raises Refused, ValidationError.
    """
    require(by, Act.DECIDE)
    _check_basis(insights, from_none=from_none)
    usable(list(insights))
    if decision.state == Decision.State.REVIEWED:
        raise ValidationError(_("A decision is reviewed by recording what came of it."))
    decision.made_by = by if isinstance(by, Account) else None
    decision.full_clean()
    decision.save()
    decision.insights.set(insights)
    return _written(write_down(decision, DecisionChange.Act.ADD, {}, by=by))


@transaction.atomic
def change(
    decision: Decision, insights: Sequence[Insight], *, from_none: bool = False, seen: int, by: Actor
) -> DecisionChange | None:
    """Keep a changed decision; None when it says what it said.

    `seen` is the number of the newest change its author had read. Raises Refused, and ValidationError also
    when somebody changed it since: then nothing is kept.
    """
    require(by, Act.DECIDE, about=f"decision:{decision.pk}")
    kept = Decision.objects.select_for_update().get(pk=decision.pk)
    newer = newest_change(kept)
    if newer is not None and newer.pk > seen:
        raise ValidationError(
            _("%(who)s changed this decision while you wrote; read the changes below, then save again.")
            % {"who": newer.by or _("Somebody")},
            code="newer",
        )
    _check_basis(insights, from_none=from_none)
    before = values_of(kept)
    usable([insight for insight in insights if insight.pk not in before["insights"]])
    decision.state, decision.withdrawn_at = kept.state, kept.withdrawn_at
    decision.full_clean()
    decision.save()
    decision.insights.set(insights)
    return write_down(decision, DecisionChange.Act.CHANGE, before, by=by)


@transaction.atomic
def move(decision: Decision, state: str, *, by: Actor) -> DecisionChange | None:
    """Give a decision another state; None when it has it already. Raises Refused, ValidationError.

    Only `review` makes it *reviewed*, unless an outcome stands already.
    """
    require(by, Act.DECIDE, about=f"decision:{decision.pk}")
    kept = Decision.objects.select_for_update().get(pk=decision.pk)
    if state not in Decision.State.values:
        raise ValidationError(_("“%(state)s” is no state of a decision.") % {"state": state[:40]})
    reviewed = state == Decision.State.REVIEWED
    if reviewed and not kept.outcomes.filter(withdrawn_at=None).exists():
        raise ValidationError(_("A decision is reviewed by recording what came of it."))
    before = values_of(kept)
    decision.state = kept.state = state
    kept.save(update_fields=["state"])
    return write_down(kept, DecisionChange.Act.MOVE, before, by=by)


@transaction.atomic
def withdraw(decision: Decision, *, by: Actor) -> DecisionChange | None:
    """Take a decision back: it leaves the lists and figures, and stays readable. Raises Refused."""
    require(by, Act.DECIDE, about=f"decision:{decision.pk}")
    return _withdrawn(decision, DecisionChange.Act.WITHDRAW, withdrawn=True, by=by)


@transaction.atomic
def restore(decision: Decision, *, by: Actor) -> DecisionChange | None:
    """Bring a withdrawn decision back. Raises Refused."""
    require(by, Act.DECIDE, about=f"decision:{decision.pk}")
    return _withdrawn(decision, DecisionChange.Act.RESTORE, withdrawn=False, by=by)


@transaction.atomic
def undo(changed: DecisionChange, *, by: Actor) -> Decision:
    """Take back the newest change of a decision, for a day. Raises Refused, CannotUndo."""
    decision = Decision.objects.select_for_update().get(pk=changed.decision_id)
    require(by, Act.DECIDE, about=f"decision:{decision.pk}")
    if newest_change(decision) != changed:
        raise CannotUndo(_("This decision was changed again since; its history shows how."))
    if changed.at < timezone.now() - UNDO_FOR:
        raise CannotUndo(_("This was done more than a day ago and can no longer be undone."))
    before = values_of(decision)
    if changed.act == DecisionChange.Act.ADD:
        decision.withdrawn_at = timezone.now()
        decision.save(update_fields=["withdrawn_at"])
    else:
        decision.withdrawn_at = _when_withdrawn(decision, changed)
        put_back(decision, changed.before)
    gone, back = (told.get("outcome") for told in (changed.after, changed.before))
    outcomes = Outcome.objects.filter(decision=decision)
    outcomes.filter(pk=gone).update(withdrawn_at=timezone.now())
    outcomes.filter(pk=back).update(withdrawn_at=None)
    write_down(decision, DecisionChange.Act.UNDO, before | {"outcome": gone}, by=by, outcome=back)
    return decision


def newest_change(decision: Decision) -> DecisionChange | None:
    """The last thing that happened to a decision."""
    return decision.changes.select_related("by").first()


def _when_withdrawn(decision: Decision, changed: DecisionChange) -> datetime | None:
    if "withdrawn" not in changed.before:
        return decision.withdrawn_at
    return timezone.now() if changed.before["withdrawn"] else None


def _withdrawn(
    decision: Decision, act: DecisionChange.Act, *, withdrawn: bool, by: Actor
) -> DecisionChange | None:
    kept = Decision.objects.select_for_update().get(pk=decision.pk)
    before = values_of(kept)
    if kept.withdrawn != withdrawn:
        kept.withdrawn_at = timezone.now() if withdrawn else None
        kept.save(update_fields=["withdrawn_at"])
    return write_down(kept, act, before, by=by)


def _check_basis(insights: Sequence[Insight], *, from_none: bool) -> None:
    if not insights and not from_none:
        raise ValidationError(
            {"insights": _("Choose the insights behind this decision, or say that none stands behind it.")}
        )
    if insights and from_none:
        raise ValidationError(
            {"insights": _("Either insights stand behind this decision or none does; mend one of the two.")}
        )


def _written(change_made: DecisionChange | None) -> DecisionChange:
    assert change_made is not None  # an act that always changes something
    return change_made
