"""Minutes spent on cases, worked out from the acts on them: nobody keeps a stopwatch here.

An act counts the time since the same person's act before it, at most ten minutes; the first act of a stretch counts five.
So a long pause never counts as work, and a quick series of acts counts what it took. It is a cautious figure: reading
without acting does not count at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

CAP = 10.0  # minutes: longer than most answers take to write, shorter than a coffee
FIRST = 5.0  # minutes for an act before which nothing was done


@dataclass(frozen=True, slots=True)
class CaseAct:
    """Somebody did something on a case of a department."""

    person: int
    department: int
    at: datetime


def minutes_by_department(acts: Iterable[CaseAct]) -> dict[int, float]:
    """Minutes spent on the cases of each department."""
    before: dict[int, datetime] = {}
    spent: dict[int, float] = {}
    for act in sorted(acts, key=lambda act: act.at):
        last = before.get(act.person)
        since = (act.at - last).total_seconds() / 60 if last else CAP + 1
        spent[act.department] = spent.get(act.department, 0.0) + (since if since <= CAP else FIRST)
        before[act.person] = act.at
    return spent
