"""Statement 7: those who answer are thanked, can keep their word, and share the work."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.app.care.measures.seen import (
    lately_answered,
    not_shown,
    nothing_yet,
    queue,
    seen,
)
from outlisten.app.care.models import Promise, Thanks
from outlisten.app.care.queries.figures import ENOUGH, LATELY
from outlisten.app.listening.wording import locale
from outlisten.app.people.rules import Actor
from outlisten.app.web.measure import Measure, Step
from outlisten.insights.figures_in_words import share_in_words
from outlisten.insights.proportions import wilson


def thanks_received(reader: Actor) -> Measure:
    """Statement 7: how often customers thanked the team in the last 90 days. Raises Refused."""
    name = _("Thanks from customers")
    cases = seen(reader)
    if cases is None:
        return not_shown(name)
    answers, since = lately_answered(cases).count(), timezone.now() - LATELY
    thanks = Thanks.objects.filter(answer__case__in=cases, found_at__gte=since).count()
    if not answers and not thanks:
        return nothing_yet(name, _("Thanks are found after the first answers."))
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
        next_step=queue(),
        limits=[
            _(
                "Found by words of thanks after an answer: some are missed. Everybody sees their own; nobody is ranked."
            )
        ],
    )


def promises_kept(reader: Actor) -> Measure:
    """Statement 7: the share of promises that were kept, of those settled or past their day. Raises Refused."""
    name = _("Promises kept")
    cases = seen(reader)
    if cases is None:
        return not_shown(name)
    promises = Promise.objects.filter(case__in=cases)
    kept = promises.filter(kept=True).count()
    broken = promises.filter(kept=False).count() + _overdue(promises).count()
    share = wilson(kept, kept + broken)
    if share is None:
        return nothing_yet(name, _("No promise to a customer has come due yet."))
    said = {"share": share_in_words(share, locale()), "kept": kept, "n": kept + broken}
    return Measure(
        name,
        sentence=_("%(share)s of the promises that came due were kept (%(kept)d of %(n)d).") % said,
        value=share.value,
        low=share.low,
        high=share.high,
        evidence=[queue()],
        next_step=queue(),
        limits=[_("A promise past its day that nobody has settled counts as broken.")],
    )


def _overdue(promises: QuerySet[Promise]) -> QuerySet[Promise]:
    return promises.filter(kept=None, due_on__lt=timezone.localdate())


def load_balance(reader: Actor) -> Measure:
    """Statement 7: how evenly answers are spread: the share given by the busiest third of those who answer."""
    name = _("Fair workload")
    cases = seen(reader)
    if cases is None:
        return not_shown(name)
    counts = sorted(
        lately_answered(cases).values("by").annotate(n=Count("pk")).values_list("n", flat=True), reverse=True
    )
    if len(counts) < 3 or sum(counts) < ENOUGH:
        return nothing_yet(
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
        evidence=[queue()],
        next_step=queue(),
        limits=[_("Spread evenly, a third of the people would give about a third of the answers.")],
    )
