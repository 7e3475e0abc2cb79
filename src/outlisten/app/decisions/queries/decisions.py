"""Decisions as their readers may see them: list, board, what is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.shortcuts import get_object_or_404

from outlisten.app.decisions.clock import today
from outlisten.app.decisions.models import Decision
from outlisten.app.people.rules import Act, Actor, require

State = Decision.State
OPEN = (State.PROPOSED, State.DECIDED, State.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which decisions: words, and chosen values by field. `due` keeps those whose review has come."""

    search: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)  # state, level, horizon, department, owner
    due: bool = False
    withdrawn: bool = False

    def __bool__(self) -> bool:
        return bool(self.search or self.due or self.withdrawn or any(self.chosen.values()))


ORDER = (F("review_on").asc(nulls_last=True), "-made_at", "-pk")
COLUMNS = {
    "state": "state",
    "level": "level",
    "horizon": "horizon",
    "department": "department__key",
    "owner": "owner__email__iexact",
}


def decisions(by: Actor, wanted: Wanted | None = None) -> list[Decision]:
    """Decisions: due reviews first, then by review date, reviewed and dropped ones last. Raises Refused."""
    require(by, Act.SEE_DECISIONS)
    wanted = wanted or Wanted()
    day = today()
    found = _complete().filter(withdrawn_at__isnull=not wanted.withdrawn)
    for word in wanted.search.split():
        found = found.filter(Q(text__icontains=word) | Q(why__icontains=word) | Q(expected__icontains=word))
    for name, value in wanted.chosen.items():
        if value:
            found = found.filter(**{COLUMNS[name]: value})
    listed = [decision for decision in found if not wanted.due or decision.due(day)]
    return sorted(listed, key=lambda decision: not decision.open)  # stable: the order by review date stays


def _complete() -> QuerySet[Decision]:
    return (
        Decision.objects.select_related("owner", "department")
        .annotate(behind=Count("insights", distinct=True))
        .prefetch_related("outcomes")
        .order_by(*ORDER)  # a query that counts takes no order from its model
    )


def decision(by: Actor, pk: int) -> Decision:
    """One decision, withdrawn ones too, or 404. Raises Refused."""
    require(by, Act.SEE_DECISIONS)
    return get_object_or_404(_complete(), pk=pk)


@dataclass(frozen=True, slots=True)
class Column:
    """A state and its decisions on the board; `before` and `after` are the states beside it."""

    state: State
    decisions: list[Decision]

    @property
    def label(self) -> str:
        return str(self.state.label)


def board(by: Actor) -> list[Column]:
    """A column for each state, due reviews first in each. Raises Refused."""
    found = decisions(by)
    return [Column(state, [one for one in found if one.state == state]) for state in State]


def due(by: Actor) -> list[Decision]:
    """The decisions whose review date has come and that nobody has reviewed. Raises Refused."""
    return decisions(by, Wanted(due=True))


def counted(by: Actor) -> dict[str, Any]:
    """How many decisions are open, and how many of them are due: for the first sentence. Raises Refused."""
    found, day = decisions(by), today()
    return {
        "kept": len(found),
        "open": sum(one.open for one in found),
        "due": sum(one.due(day) for one in found),
    }
