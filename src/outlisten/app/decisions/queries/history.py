"""The history of a decision in words: who changed what, from what to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from outlisten.app.decisions.models import Decision, DecisionChange
from outlisten.app.people.models import Account, Department
from outlisten.app.people.rules import Act, Actor, require

CHOICES = {"level": Decision.Level, "horizon": Decision.Horizon, "state": Decision.State}
FIELDS = {"owner_id": "owner", "department_id": "department"}
SKIPPED = ("outcome", "withdrawn")  # the act says it


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: its name for a reader, what it said and what it says."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """A change of a decision, for its history."""

    change: DecisionChange
    fields: list[FieldChange]


def history(by: Actor, decision: Decision) -> list[Told]:
    """Every change, the newest first. Raises Refused."""
    require(by, Act.SEE_DECISIONS)
    return [Told(change, _fields(change)) for change in decision.changes.select_related("by")]


def _fields(change: DecisionChange) -> list[FieldChange]:
    if change.act == DecisionChange.Act.ADD:
        return []
    return [
        FieldChange(_label(name), _said(name, change.before.get(name)), _said(name, value))
        for name, value in change.after.items()
        if name not in SKIPPED
    ]


def _label(name: str) -> str:
    return str(getattr(Decision._meta.get_field(FIELDS.get(name, name)), "verbose_name", name))


def _said(name: str, value: Any) -> str:
    """A kept value for a reader; a dash for nothing."""
    if value in (None, "", []):
        return "–"
    if name in CHOICES:
        return str(CHOICES[name](value).label)
    if name in ("expected_by", "review_on"):
        return date_format(date.fromisoformat(value))
    if name == "insights":
        return str(_(", ")).join(str(number) for number in value)
    if name in FIELDS:
        model = Account if name == "owner_id" else Department
        return str(model._default_manager.filter(pk=value).first() or _("no longer here"))
    return str(value)
