"""When a company falls short of a statement: one rule a measure, each a sentence that anybody can check.

A rule speaks only where the figure does: an estimate falls short when its whole interval does. What is not measured
falls short of nothing; the card says that it cannot be told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outlisten.app.care import measures as care
from outlisten.app.decisions import measures as decisions
from outlisten.app.decisions.claims import measures as claims
from outlisten.app.listening import measures as voices
from outlisten.app.listening import mirror_measures as mirror
from outlisten.app.participation import measures as participation
from outlisten.app.people.rules import Actor
from outlisten.app.trust.disclosure import measures as disclosure
from outlisten.app.web.measure import Measure

Measuring = Callable[[Actor], Measure]


@dataclass(frozen=True, slots=True)
class Rule:
    """Falls short below `least` or above `most`, by the end of the interval that is nearer to it."""

    sentence: str | Promise
    least: float | None = None
    most: float | None = None

    def fits(self, measure: Measure) -> bool:
        """Whether a known measure falls short."""
        if measure.value is None:
            return False
        high = measure.value if measure.high is None else measure.high
        low = measure.value if measure.low is None else measure.low
        return (self.least is not None and high < self.least) or (self.most is not None and low > self.most)


HALF = 0.5
RULES: dict[Measuring, Rule] = {
    mirror.answered: Rule(_("Most people who address us get no answer in public."), least=HALF),
    care.answers_by_employees: Rule(_("Somebody else than an employee answers customers."), least=1),
    care.attempts_refused: Rule(_("An agency reached for customers’ cases and had to be refused."), most=0),
    voices.earned_to_owned_voice: Rule(_("We speak of ourselves more than others speak of us."), least=1),
    voices.said_by_companies: Rule(_("Most of what is said about us was said by us or for money."), most=HALF),
    mirror.conversation: Rule(_("Fewer than half of our own posts talk with people."), least=HALF),
    disclosure.undisclosed_found: Rule(_("People connected with us write about us without saying so."), most=0),
    participation.departments: Rule(_("Not every department took part this week."), least=1),
    participation.hands: Rule(_("More than half of the work lies on three people."), most=HALF),
    care.promises_kept: Rule(_("Not every promise to customers is kept."), least=1),
    care.departments_answering: Rule(_("One department gives every answer; what it does is not yet everybody’s business."),
                                     least=1.01),
    care.cases_solved: Rule(_("Most cases of the last 90 days are not solved."), least=HALF),
    decisions.decisions_from_insights: Rule(_("No decision stands on an insight."), least=1),
    participation.talk_balance: Rule(_("We talk more with each other than with customers."), least=HALF),
    decisions.reviewed_on_time: Rule(_("Not every decision is reviewed by its day."), least=1),
    claims.promises_tested: Rule(_("Not every promise that has ended was tested."), least=1),
    claims.written_before: Rule(_("Not every promise is written down before it begins."), least=1),
}  # fmt: skip


def falling_short(measured: Iterable[tuple[Measuring, Measure]]) -> tuple[str, ...]:
    """Why the company falls short, a sentence each; none where nothing measured says so."""
    found = ((RULES.get(measuring), measure) for measuring, measure in measured)
    return tuple(str(rule.sentence) for rule, measure in found if rule is not None and rule.fits(measure))
