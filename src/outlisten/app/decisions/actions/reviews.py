"""Looking at what came of a decision."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from outlisten.app.decisions.actions.history import values_of, write_down
from outlisten.app.decisions.models import Decision, DecisionChange, Outcome
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Actor, require


@transaction.atomic
def review(outcome: Outcome, *, by: Actor) -> DecisionChange:
    """Record what came of `outcome.decision`, which is reviewed by it. Raises Refused, ValidationError."""
    require(by, Act.DECIDE, about=f"decision:{outcome.decision_id}")
    decision = Decision.objects.select_for_update().get(pk=outcome.decision_id)
    if decision.withdrawn or decision.state == Decision.State.DROPPED:
        raise ValidationError(_("This decision was dropped or withdrawn; bring it back before its review."))
    before = values_of(decision) | {"outcome": None}
    outcome.reviewed_by = by if isinstance(by, Account) else None
    outcome.full_clean()
    outcome.save()
    decision.state = Decision.State.REVIEWED
    decision.save(update_fields=["state"])
    change = write_down(decision, DecisionChange.Act.REVIEW, before, by=by, outcome=outcome.pk)
    assert change is not None
    return change
