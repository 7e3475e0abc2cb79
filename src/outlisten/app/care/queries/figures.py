"""How soon customers get a first answer, over the cases a reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from outlisten.app.care.models import Case, Need
from outlisten.app.care.queries.door import visible
from outlisten.app.care.times import first_wait, hours_of_each, is_late
from outlisten.app.people.rules import Actor
from outlisten.insights.estimate import Estimate
from outlisten.insights.proportions import wilson
from outlisten.insights.waiting import Quantile, Waiting, waiting

LATELY = timedelta(days=90)
# Below this many conversations a figure is not enough to say.
ENOUGH = 10


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """First answers of the last 90 days, in open minutes; those who still wait are in it, as waiting."""

    waiting: Waiting | None
    met: Estimate | None  # share answered in time, of those answered or past their deadline
    late_now: int
    n: int

    @property
    def enough(self) -> bool:
        return self.n >= ENOUGH

    @property
    def median(self) -> Quantile | None:
        return self.waiting.median if self.waiting else None

    @property
    def p90(self) -> Quantile | None:
        return self.waiting.p90 if self.waiting else None


def answer_times(actor: Actor) -> AnswerTimes:
    """The figures over the cases this person may see. Thanks ask for no answer and are left out. Raises Refused."""
    now = timezone.now()
    lately = visible(actor).filter(opened_at__gte=now - LATELY).exclude(need=Need.THANKS)
    cases = list(lately.prefetch_related("pauses"))
    hours = hours_of_each({case.department_id for case in cases})
    waits, met, over, late_now = [], 0, 0, 0
    for case in cases:
        waits.append(first_wait(case, now, hours[case.department_id]))
        late = is_late(case, now)
        over += late
        late_now += late and case.first_answered_at is None and case.state != Case.State.SOLVED
        met += not late and case.first_answered_at is not None
    return AnswerTimes(waiting(waits), wilson(met, met + over), late_now, len(waits))
