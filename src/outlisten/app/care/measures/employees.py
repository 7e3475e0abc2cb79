"""Statement 2: employees answer, and agencies do not."""

from __future__ import annotations

from statistics import median

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.app.care.measures.seen import (
    lately_answered,
    not_shown,
    nothing_yet,
    queue,
    seen,
    solved_cases,
)
from outlisten.app.care.models import Case
from outlisten.app.listening.wording import locale
from outlisten.app.people.queries import refused_attempts
from outlisten.app.people.rules import Act, Actor, Role, may, require
from outlisten.app.web.measure import Measure, Step
from outlisten.insights.figures_in_words import share_in_words
from outlisten.insights.proportions import wilson

CARE = (Act.TAKE_CASE, Act.ANSWER, Act.CLOSE_CASE, Act.SEE_CASES, Act.WORK_ON_CASE, Act.READ_PRIVATE)


def answers_by_employees(reader: Actor) -> Measure:
    """Statement 2: the share of answers of the last 90 days that employees wrote and signed. Raises Refused."""
    name = _("Answers written by employees")
    cases = seen(reader)
    if cases is None:
        return not_shown(name)
    answers = lately_answered(cases)
    ours, n = answers.filter(employee=True).count(), answers.count()
    share = wilson(ours, n)
    if share is None:
        return nothing_yet(name, _("Nobody has answered a customer here in the last 90 days."))
    said = {"share": share_in_words(share, locale()), "n": n}
    return Measure(
        name,
        sentence=_("Employees wrote %(share)s of %(n)d answers, each with a name under it.") % said,
        value=share.value,
        low=share.low,
        high=share.high,
        evidence=[solved_cases(), queue()],
        next_step=queue(),
        limits=[_("Answers that were given outside Outlisten and not recorded here are not counted.")],
    )


def attempts_refused(reader: Actor) -> Measure:
    """Statement 2: how often an agency account tried to take, answer or close a case. Raises Refused."""
    require(reader, Act.SEE_STATEMENTS)
    tried = refused_attempts(reader, Role.AGENCY)
    n = sum(count for act, count in tried.items() if act in CARE)
    evidence = [Step(_("the audit log"), reverse("audit"))] if may(reader, Act.SEE_AUDIT) else []
    return Measure(
        _("Attempts of agencies that were refused"),
        sentence=ngettext(
            "Once an agency account tried to reach a customer’s case and was refused.",
            "%(n)d times an agency account tried to reach a customer’s case and was refused.",
            n,
        )
        % {"n": n}
        if n
        else _("No agency account tried to reach a customer’s case."),
        value=n,
        unit="count",
        evidence=evidence,
    )


def conversations_held(reader: Actor) -> Measure:
    """Statement 2: how many open conversations colleagues hold at the median; nobody is named. Raises Refused."""
    name = _("Conversations each employee holds")
    cases = seen(reader)
    if cases is None:
        return not_shown(name)
    held = _held(cases)
    if not held:
        return nothing_yet(name, _("Nobody holds an open case."))
    middle = median(held)
    said = {"people": len(held), "n": f"{middle:g}", "most": max(held)}
    return Measure(
        name,
        sentence=_("%(people)d employees hold open cases: %(n)s at the median, %(most)d at most.") % said,
        value=middle,
        unit="count",
        evidence=[queue()],
        next_step=queue(),
    )


def _held(cases: QuerySet[Case]) -> list[int]:
    open_ones = cases.exclude(state=Case.State.SOLVED).exclude(owner=None)
    return list(open_ones.values("owner").annotate(n=Count("pk")).values_list("n", flat=True))
