"""Statements 2, 7 and 8, and the real answer times of statement 1, over the cases a reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.app.care.models import Answer, Case, Need, Promise, Thanks
from outlisten.app.care.queries.door import visible
from outlisten.app.care.queries.figures import ENOUGH, answer_times
from outlisten.app.listening.wording import locale
from outlisten.app.people.queries import refused_attempts
from outlisten.app.people.rules import Act, Actor, Role, may, require
from outlisten.app.web.measure import Measure, Step
from outlisten.insights.figures_in_words import share_in_words
from outlisten.insights.proportions import wilson

LATELY = timedelta(days=90)
CARE = (Act.TAKE_CASE, Act.ANSWER, Act.CLOSE_CASE, Act.SEE_CASES, Act.WORK_ON_CASE, Act.READ_PRIVATE)


def answers_by_employees(reader: Actor) -> Measure:
    """Statement 2: the share of answers of the last 90 days that employees wrote and signed. Raises Refused."""
    name = _("Answers written by employees")
    cases = _seen(reader)
    if cases is None:
        return _not_shown(name)
    answers = _answers(cases)
    ours, n = answers.filter(employee=True).count(), answers.count()
    share = wilson(ours, n)
    if share is None:
        return _nothing_yet(name, _("Nobody has answered a customer here in the last 90 days."))
    said = {"share": share_in_words(share, locale()), "n": n}
    return Measure(
        name,
        sentence=_("Employees wrote %(share)s of %(n)d answers, each with a name under it.") % said,
        value=share.value,
        low=share.low,
        high=share.high,
        evidence=[_solved(), _queue()],
        next_step=_queue(),
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
    cases = _seen(reader)
    if cases is None:
        return _not_shown(name)
    held = _held(cases)
    if not held:
        return _nothing_yet(name, _("Nobody holds an open case."))
    middle = _median(held)
    said = {"people": len(held), "n": f"{middle:g}", "most": max(held)}
    return Measure(
        name,
        sentence=_("%(people)d employees hold open cases: %(n)s at the median, %(most)d at most.") % said,
        value=middle,
        unit="count",
        evidence=[_queue()],
        next_step=_queue(),
    )


def thanks_received(reader: Actor) -> Measure:
    """Statement 7: how often customers thanked the team in the last 90 days. Raises Refused."""
    name = _("Thanks from customers")
    cases = _seen(reader)
    if cases is None:
        return _not_shown(name)
    answers, since = _answers(cases).count(), timezone.now() - LATELY
    thanks = Thanks.objects.filter(answer__case__in=cases, found_at__gte=since).count()
    if not answers and not thanks:
        return _nothing_yet(name, _("Thanks are found after the first answers."))
    said = ngettext(
        "Customers thanked the team once for %(answers)d answers in 90 days.",
        "Customers thanked the team %(n)d times for %(answers)d answers in 90 days.",
        thanks,
    )
    return Measure(
        name,
        sentence=said % {"n": thanks, "answers": answers},
        value=thanks,
        unit="count",
        evidence=[Step(_("thanks and figures in Care"), reverse("care"))],
        next_step=_queue(),
        limits=[
            _(
                "Found by words of thanks after an answer: some are missed. Everybody sees their own; nobody is ranked."
            )
        ],
    )


def promises_kept(reader: Actor) -> Measure:
    """Statement 7: the share of promises that were kept, of those settled or past their day. Raises Refused."""
    name = _("Promises kept")
    cases = _seen(reader)
    if cases is None:
        return _not_shown(name)
    promises = Promise.objects.filter(case__in=cases)
    kept = promises.filter(kept=True).count()
    broken = promises.filter(kept=False).count() + _overdue(promises).count()
    share = wilson(kept, kept + broken)
    if share is None:
        return _nothing_yet(name, _("No promise to a customer has come due yet."))
    said = {"share": share_in_words(share, locale()), "kept": kept, "n": kept + broken}
    return Measure(
        name,
        sentence=_("%(share)s of the promises that came due were kept (%(kept)d of %(n)d).") % said,
        value=share.value,
        low=share.low,
        high=share.high,
        evidence=[_queue()],
        next_step=_queue(),
        limits=[_("A promise past its day that nobody has settled counts as broken.")],
    )


def load_balance(reader: Actor) -> Measure:
    """Statement 7: how evenly answers are spread: the share given by the busiest third of those who answer."""
    name = _("Fair workload")
    cases = _seen(reader)
    if cases is None:
        return _not_shown(name)
    counts = sorted(
        _answers(cases).values("by").annotate(n=Count("pk")).values_list("n", flat=True), reverse=True
    )
    if len(counts) < 3 or sum(counts) < ENOUGH:
        return _nothing_yet(
            name, _("Not enough to say: it takes three people who answer, and ten answers in 90 days.")
        )
    third = max(1, round(len(counts) / 3))
    share = wilson(sum(counts[:third]), sum(counts))
    assert share is not None
    said = {"third": third, "people": len(counts), "share": share_in_words(share, locale())}
    return Measure(
        name,
        sentence=_("The %(third)d busiest of %(people)d people who answer gave %(share)s of the answers.")
        % said,
        value=share.value,
        low=share.low,
        high=share.high,
        evidence=[_queue()],
        next_step=_queue(),
        limits=[_("Spread evenly, a third of the people would give about a third of the answers.")],
    )


def departments_answering(reader: Actor) -> Measure:
    """Statement 8: the mix of departments among the cases that were answered in the last 90 days. Raises Refused."""
    name = _("Departments that answer customers")
    cases = _seen(reader)
    if cases is None:
        return _not_shown(name)
    answered = cases.filter(answers__at__gte=timezone.now() - LATELY).distinct().select_related("department")
    counts: dict[str, int] = {}
    for case in answered:
        counts[case.department.label] = counts.get(case.department.label, 0) + 1
    total = sum(counts.values())
    if not total:
        return _nothing_yet(name, _("Nobody has answered a customer here in the last 90 days."))
    effective = 1 / sum((n / total) ** 2 for n in counts.values())
    shares = sorted(counts.items(), key=lambda item: -item[1])
    listed = _(", ").join(f"{label} {round(100 * n / total)} %" for label, n in shares)
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
        evidence=[_solved(), _queue()],
        next_step=_rules(reader),
        limits=[
            _("The figure is the effective number of departments, 1 / Σ share²: 1 when one does everything.")
        ],
    )


def cases_solved(reader: Actor) -> Measure:
    """Statement 8: the share of the cases of the last 90 days that are solved. Raises Refused."""
    name = _("Cases solved")
    cases = _seen(reader)
    if cases is None:
        return _not_shown(name)
    lately = cases.filter(opened_at__gte=timezone.now() - LATELY)
    solved, n = lately.filter(state=Case.State.SOLVED).count(), lately.count()
    share = wilson(solved, n)
    if share is None:
        return _nothing_yet(name, _("No case was opened in the last 90 days."))
    said = {"share": share_in_words(share, locale()), "solved": solved, "n": n}
    return Measure(
        name,
        sentence=_("%(share)s of the cases of the last 90 days are solved (%(solved)d of %(n)d).") % said,
        value=share.value,
        low=share.low,
        high=share.high,
        evidence=[_solved()],
        next_step=_queue(),
        limits=[
            _(
                "Solved is what a colleague says; whether the customer agrees shows in reopened cases and thanks."
            )
        ],
    )


def time_to_first_answer(reader: Actor) -> Measure:
    """Statement 1: open minutes until half of the customers have a first answer. Raises Refused."""
    name = _("Time to a human answer")
    if _seen(reader) is None:
        return _not_shown(name)
    times = answer_times(reader)
    if times.n < ENOUGH or times.median is None:
        return _nothing_yet(name, _("Not enough to say: it takes ten cases in 90 days."))
    middle = times.median
    limits = [_("Minutes while the department is open; customers who still wait are counted as waiting.")]
    if middle.value is None:
        sentence = _("Fewer than half of the customers have had an answer so far.")
        return Measure(name, sentence=sentence, unit="minutes", evidence=[_queue()], next_step=_queue(),
                       missing=sentence, limits=limits)  # fmt: skip
    said = {"t": round(middle.value), "low": _or_dash(middle.low), "high": _or_dash(middle.high)}
    return Measure(
        name,
        sentence=_("Half of the customers have an answer within %(t)d open minutes (%(low)s–%(high)s).")
        % said,
        value=middle.value,
        low=middle.low,
        high=middle.high,
        unit="minutes",
        evidence=[_queue()],
        next_step=_queue(),
        limits=limits,
    )


MEASURES = {
    1: (time_to_first_answer,),
    2: (answers_by_employees, attempts_refused, conversations_held),
    7: (thanks_received, promises_kept, load_balance),
    8: (departments_answering, cases_solved),
}


def _seen(reader: Actor) -> QuerySet[Case] | None:
    """The cases behind the figures: those this reader may see, or None for a role without cases."""
    require(reader, Act.SEE_STATEMENTS)
    if not may(reader, Act.SEE_CASES):
        return None
    return Case.objects.filter(pk__in=visible(reader).exclude(need=Need.THANKS).values("pk"))


def _answers(cases: QuerySet[Case]) -> QuerySet[Answer]:
    return Answer.objects.filter(case__in=cases, at__gte=timezone.now() - LATELY)


def _held(cases: QuerySet[Case]) -> list[int]:
    open_ones = cases.exclude(state=Case.State.SOLVED).exclude(owner=None)
    return list(open_ones.values("owner").annotate(n=Count("pk")).values_list("n", flat=True))


def _overdue(promises: QuerySet[Promise]) -> QuerySet[Promise]:
    return promises.filter(kept=None, due_on__lt=timezone.localdate())


def _median(counts: Sequence[int]) -> float:
    ordered, middle = sorted(counts), len(counts) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _or_dash(minutes: float | None) -> str:
    return "…" if minutes is None else str(round(minutes))


def _not_shown(name: str) -> Measure:
    return Measure(
        name, missing=_("Your role does not show cases; ask an owner, administrator, lead or responder.")
    )


def _nothing_yet(name: str, missing: str) -> Measure:
    return Measure(name, missing=missing, next_step=_queue())


def _queue() -> Step:
    return Step(_("Go to the queue"), reverse("care"))


def _solved() -> Step:
    return Step(_("solved cases"), reverse("care") + "?show=solved")


def _rules(reader: Actor) -> Step:
    if not may(reader, Act.MANAGE_CARE):
        return _queue()
    return Step(_("Let rules lead posts to the department they need"), reverse("case_rules"))
