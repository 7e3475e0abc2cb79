"""The history of decisions: what a decision says as plain values, and what a change made of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from outlisten.app.decisions.models import Decision, DecisionChange
from outlisten.app.people.models import Account, Department
from outlisten.app.people.rules import Actor
from outlisten.app.trust.audit import record

Values = dict[str, Any]
PLAIN = ("text", "why", "level", "horizon", "state", "expected", "expected_amount")
PEOPLE: dict[str, type[Account | Department]] = {"owner_id": Account, "department_id": Department}
DATES = ("expected_by", "review_on")


def values_of(decision: Decision) -> Values:
    """What a decision says, as JSON can hold it; nothing for one that is not kept yet."""
    if decision.pk is None:
        return {}
    values: Values = {name: getattr(decision, name) for name in (*PLAIN, *PEOPLE)}
    values |= {name: day.isoformat() if (day := getattr(decision, name)) else None for name in DATES}
    values["insights"] = sorted(decision.insights.values_list("pk", flat=True))
    values["withdrawn"] = decision.withdrawn
    return values


def put_back(decision: Decision, values: Mapping[str, Any]) -> None:
    """Give a decision these values again, and keep it. Accounts and departments that are gone stay away."""
    for name in PLAIN:
        if name in values:
            setattr(decision, name, values[name])
    for name, model in PEOPLE.items():
        if name in values:
            there = model._default_manager.filter(pk=values[name]).exists()
            setattr(decision, name, values[name] if there else None)
    for name in DATES:
        if name in values:
            setattr(decision, name, date.fromisoformat(values[name]) if values[name] else None)
    decision.save()
    if "insights" in values:
        decision.insights.set(values["insights"])


def write_down(
    decision: Decision, act: DecisionChange.Act, before: Values, *, by: Actor, **more: int | None
) -> DecisionChange | None:
    """Keep what changed, and write the audit row; None when nothing did.

    `more` is part of the change: the number of an outcome. The audit row names fields, never what they say.
    """
    after = values_of(decision) | more
    changed = [name for name, value in after.items() if before.get(name) != value]
    if not changed:
        return None
    change = DecisionChange.objects.create(
        decision=decision, act=act, by=by if isinstance(by, Account) else None,
        before={name: before.get(name) for name in changed if name in before or name in more},
        after={name: after[name] for name in changed},
    )  # fmt: skip
    about, fields = f"decision:{decision.pk}", " ".join(changed)
    record(f"decision.{act}", by=by, about=about, fields=fields, state=decision.state)
    return change
