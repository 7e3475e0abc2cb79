"""Statement 8: the departments that customers need answer them, and help."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.app.care.measures.seen import (
    not_shown,
    nothing_yet,
    queue,
    seen,
    solved_cases,
)
from outlisten.app.care.models import Case
from outlisten.app.care.queries.figures import LATELY
from outlisten.app.listening.wording import locale
from outlisten.app.people.rules import Act, Actor, may
from outlisten.app.web.measure import Measure, Step
from outlisten.insights.figures_in_words import percent, share_in_words
from outlisten.insights.proportions import wilson


def departments_answering(reader: Actor) -> Measure:
    """Statement 8: the mix of departments among the cases that were answered in the last 90 days. Raises Refused."""
    name = _("Departments that answer customers")
    cases = seen(reader)
    if cases is None:
        return not_shown(name)
    answered = cases.filter(answers__at__gte=timezone.now() - LATELY).distinct().select_related("department")
    counts: dict[str, int] = {}
    for case in answered:
        counts[case.department.label] = counts.get(case.department.label, 0) + 1
    total = sum(counts.values())
    if not total:
        return nothing_yet(name, _("Nobody has answered a customer here in the last 90 days."))
    effective = 1 / sum((n / total) ** 2 for n in counts.values())
    shares = sorted(counts.items(), key=lambda item: -item[1])
    listed = _(", ").join(f"{label} {percent(n / total, locale())}" for label, n in shares)
    return Measure(
        name,
        sentence=ngettext(
            "One department answered customers: %(listed)s.",
            "%(n)d departments answered customers: %(listed)s.",
            len(counts),
        )
        % {"n": len(counts), "listed": listed},
        value=round(effective, 1),
        unit="count",
        evidence=[solved_cases(), queue()],
        next_step=_rules(reader),
        limits=[
            _("The figure is the effective number of departments, 1 / Σ share²: 1 when one does everything.")
        ],
    )


def cases_solved(reader: Actor) -> Measure:
    """Statement 8: the share of the cases of the last 90 days that are solved. Raises Refused."""
    name = _("Cases solved")
    cases = seen(reader)
    if cases is None:
        return not_shown(name)
    lately = cases.filter(opened_at__gte=timezone.now() - LATELY)
    solved, n = lately.filter(state=Case.State.SOLVED).count(), lately.count()
    share = wilson(solved, n)
    if share is None:
        return nothing_yet(name, _("No case was opened in the last 90 days."))
    said = {"share": share_in_words(share, locale()), "solved": solved, "n": n}
    return Measure(
        name,
        sentence=_("%(share)s of the cases of the last 90 days are solved (%(solved)d of %(n)d).") % said,
        value=share.value,
        low=share.low,
        high=share.high,
        evidence=[solved_cases()],
        next_step=queue(),
        limits=[
            _(
                "Solved is what a colleague says; whether the customer agrees shows in reopened cases and thanks."
            )
        ],
    )


def _rules(reader: Actor) -> Step:
    if not may(reader, Act.MANAGE_CARE):
        return queue()
    return Step(_("Let rules lead posts to the department they need"), reverse("case_rules"))
