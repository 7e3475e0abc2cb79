"""Statement 9: what decisions are made from, and whether anybody looks what came of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.app.decisions.clock import day_of, today
from outlisten.app.decisions.models import Decision, Outcome
from outlisten.app.decisions.queries.decisions import decisions
from outlisten.app.listening.wording import locale
from outlisten.app.people.rules import Act, Actor, may
from outlisten.app.web.measure import Measure, Point, Step
from outlisten.insights.figures_in_words import share_in_words
from outlisten.insights.proportions import wilson

State, Level, Horizon = Decision.State, Decision.Level, Decision.Horizon
# Fewer than this leave an interval that says nothing: of 4, all on time, Wilson's begins at 51 %.
FEWEST = 5


def decisions_from_insights(reader: Actor) -> Measure:
    """How many decisions stand on pinned insights, of all that were recorded. Raises Refused."""
    name, found = _("Decisions made from insights"), decisions(reader)
    if not found:
        return Measure(name, missing=_("No decision has been recorded yet."), next_step=_start(reader))
    based = [one for one in found if _behind(one)]
    sentence = ngettext(
        "%(k)d of %(n)d decision stands on pinned insights.",
        "%(k)d of %(n)d decisions stand on pinned insights.",
        len(found),
    ) % {"k": len(based), "n": len(found)}
    months = _by_month((day_of(one.made_at), _behind(one) > 0) for one in found)
    return Measure(
        name, sentence, value=len(based), unit="count",
        trend=[Point(month, sum(hits)) for month, hits in months],
        evidence=[Step(_("The decisions"), reverse("decisions")), Step(_("The insights"), reverse("insights"))],
        next_step=_start(reader),
    )  # fmt: skip


def reviewed_on_time(reader: Actor) -> Measure:
    """The share of decisions that somebody reviewed by their review date, of those whose date has come.

    95 % Wilson interval. A review before its date counts; dropped and withdrawn decisions do not. Raises Refused.
    """
    name, day = _("Decisions reviewed on time"), today()
    looked = [one for one in map(_Looked, decisions(reader)) if one.counts(day)]
    if not looked:
        return Measure(
            name, missing=_("No decision has come to its review date yet."), next_step=_start(reader)
        )
    months = _by_month((one.decision.review_on or day, one.on_time) for one in looked)
    return _share(
        name, [one.on_time for one in looked], months,
        _("%(k)d of %(n)d decisions were reviewed by their date: %(share)s."),
        [Step(_("Reviews that are due"), f"{reverse('decisions')}?due=1")],
        limits=[_("Dropped and withdrawn decisions are left out.")],
    )  # fmt: skip


def measured_outcomes(reader: Actor) -> Measure:
    """The share of reviewed decisions whose outcome was measured: a value, a pinned figure, or a tested claim.

    95 % Wilson interval. Raises Refused.
    """
    name = _("Outcomes that were measured")
    looked = [one for one in map(_Looked, decisions(reader)) if one.outcomes]
    if not looked:
        due = Step(_("Reviews that are due"), f"{reverse('decisions')}?due=1")
        return Measure(name, missing=_("No decision has been reviewed yet."), next_step=due)
    months = _by_month((one.first_day, one.measured) for one in looked)
    return _share(
        name, [one.measured for one in looked], months,
        _("%(k)d of %(n)d reviewed decisions have a measured outcome: %(share)s."),
        [Step(_("Reviewed decisions"), f"{reverse('decisions')}?state={State.REVIEWED}")],
    )  # fmt: skip


def decision_mix(reader: Actor) -> Measure:
    """How many decisions are strategic or tactical, and for the short or the long term. Raises Refused."""
    name, found = _("Strategic and tactical, short and long term"), decisions(reader)
    if not found:
        return Measure(name, missing=_("No decision has been recorded yet."), next_step=_start(reader))
    said = {
        f"{level}_{horizon}": sum(one.level == level and one.horizon == horizon for one in found)
        for level in Level.values
        for horizon in Horizon.values
    }
    return Measure(
        name,
        _(
            "Strategic: %(strategic_long)d long term, %(strategic_short)d short term; "
            "tactical: %(tactical_long)d long term, %(tactical_short)d short term."
        )
        % said,
        value=len(found),
        unit="count",
        evidence=[
            Step(_("Strategic decisions"), f"{reverse('decisions')}?level={Level.STRATEGIC}"),
            Step(_("Long-term decisions"), f"{reverse('decisions')}?horizon={Horizon.LONG}"),
        ],
    )


@dataclass(frozen=True)
class _Looked:
    """A decision with the outcomes that stand."""

    decision: Decision

    @cached_property
    def outcomes(self) -> list[Outcome]:
        standing = [one for one in self.decision.outcomes.all() if one.withdrawn_at is None]
        return sorted(standing, key=lambda outcome: outcome.reviewed_at)

    @property
    def first_day(self) -> date:
        return day_of(self.outcomes[0].reviewed_at)

    @property
    def on_time(self) -> bool:
        due = self.decision.review_on
        return bool(self.outcomes) and (due is None or self.first_day <= due)

    @property
    def measured(self) -> bool:
        return any(outcome.measured for outcome in self.outcomes)

    def counts(self, day: date) -> bool:
        """Whether its date has come, or somebody looked before."""
        if self.decision.state == State.DROPPED:
            return False
        return bool(self.outcomes) or self.decision.due(day)


def _behind(decision: Decision) -> int:
    return int(getattr(decision, "behind", 0))


Months = Sequence[tuple[date, list[bool]]]


def _by_month(dated: Iterable[tuple[date, bool]]) -> Months:
    """Hits by the first day of their month, in order."""
    months: dict[date, list[bool]] = defaultdict(list)
    for day, hit in dated:
        months[day.replace(day=1)].append(hit)
    return sorted(months.items())


def _share(
    name: str, hits: Sequence[bool], months: Months, sentence: str, evidence: Sequence[Step],
    limits: Sequence[str] = (),
) -> Measure:  # fmt: skip
    share = wilson(sum(hits), len(hits))
    assert share is not None
    few = len(hits) < FEWEST
    words = _("not enough to say") if few else share_in_words(share, locale())
    points = [(month, wilson(sum(some), len(some))) for month, some in months]
    return Measure(
        name, sentence % {"k": sum(hits), "n": len(hits), "share": words},
        value=share.value, low=share.low, high=share.high, unit="share",
        trend=[Point(month, one.value, one.low, one.high) for month, one in points if one],
        evidence=evidence, limits=limits,
    )  # fmt: skip


def _start(reader: Actor) -> Step:
    """Where one begins: with a decision for who may record one, else with what was decided."""
    if may(reader, Act.DECIDE):
        return Step(_("Record a decision"), reverse("decision_new"))
    return Step(_("Go to Listen"), reverse("listen"))
