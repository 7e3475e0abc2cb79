"""Statement 10: promises that have ended and were tested, what came of them, and what could have been seen at all."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.app.decisions.claims import queries
from outlisten.app.decisions.claims.queries import Entry
from outlisten.app.decisions.models import ClaimTest
from outlisten.app.listening.clock import as_of
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.store import posts
from outlisten.app.listening.wording import locale
from outlisten.app.people.rules import Actor
from outlisten.app.web.measure import Measure, Step
from outlisten.insights.figures_in_words import percent

Outcome = ClaimTest.Outcome


def promises_tested(reader: Actor) -> Measure:
    """The share of promises that have ended which were tested. Raises Refused."""
    name, ended = _("Promises tested"), _ended(reader)
    if not ended:
        return Measure(name, missing=_missing(reader), next_step=_first_step())
    tested = [entry for entry in ended if _tested(entry)]
    sentence = _("%(tested)d of %(ended)d promises that have ended were tested.") % {
        "tested": len(tested), "ended": len(ended),
    }  # fmt: skip
    waiting = next((entry for entry in ended if not _tested(entry)), None)
    step = Step(_("Test the next one"), reverse("claim", args=[waiting.claim.pk])) if waiting else None
    return Measure(
        name, sentence, value=len(tested) / len(ended), unit="share", evidence=_evidence(ended), next_step=step,
        limits=_limits(ended),
    )  # fmt: skip


def verdicts(reader: Actor) -> Measure:
    """How many tested promises are supported, beside the others. Raises Refused."""
    name = _("Verdicts")
    tested = [entry for entry in _ended(reader) if _tested(entry)]
    if not tested:
        return Measure(name, missing=_("No promise that has ended was tested yet."), next_step=_first_step())
    counts = {outcome: sum(_outcome(entry) == outcome for entry in tested) for outcome in Outcome}
    sentence = _("Of %(n)d tested: %(yes)d supported, %(no)d not supported, %(open)d where nobody can tell.") % {
        "n": len(tested), "yes": counts[Outcome.SUPPORTED], "no": counts[Outcome.NOT_SUPPORTED],
        "open": counts[Outcome.CANNOT_TELL],
    }  # fmt: skip
    return Measure(
        name,
        sentence,
        value=counts[Outcome.SUPPORTED],
        unit="count",
        evidence=_evidence(tested),
        limits=_limits(tested),
    )


def written_before(reader: Actor) -> Measure:
    """The share of promises that have ended which were frozen before they began. Raises Refused."""
    name, ended = _("Promises written down beforehand"), _ended(reader)
    if not ended:
        return Measure(name, missing=_missing(reader), next_step=_first_step())
    before = [entry for entry in ended if not entry.afterwards]
    sentence = _("%(before)d of %(ended)d promises that have ended were written down before they began.") % {
        "before": len(before), "ended": len(ended),
    }  # fmt: skip
    return Measure(
        name, sentence, value=len(before) / len(ended), unit="share", evidence=_evidence(ended), next_step=_first_step(),
        limits=[_("What is written down afterwards can be chosen to fit; it is never called supported.")],
    )  # fmt: skip


def smallest_detectable_effect(reader: Actor) -> Measure:
    """The middle one of the smallest effects that the tests of relative promises could see. Raises Refused."""
    name = _("Smallest effect that could be seen")
    tested = [entry for entry in _ended(reader) if _tested(entry) and entry.claim.relative]
    seen = [(entry, entry.counts.detectable) for entry in tested if entry.counts]
    sizes = [size for _entry, size in seen if size is not None]
    if not sizes:
        return Measure(name, missing=_("No test has measured an effect yet."), next_step=_first_step())
    middle, largest = median(sizes), max(sizes)
    # Two sentences, not a plural: Chinese has one form for any number.
    one = _(
        "The one test could have seen an effect of %(middle)s in four cases of five, hardly a smaller one."
    )
    more = _(
        "Half of %(n)d tests could have seen an effect of %(middle)s in four cases of five; the worst, one of %(most)s."
    )
    sentence = (one if len(sizes) == 1 else more) % {
        "n": len(sizes),
        "middle": percent(middle, locale()),
        "most": percent(largest, locale()),
    }
    return Measure(
        name, sentence, value=middle, low=min(sizes), high=largest, unit="share",
        evidence=_evidence([entry for entry, _size in seen]), limits=_limits_of_sizes(len(seen) - len(sizes)),
    )  # fmt: skip


def _limits_of_sizes(blind: int) -> list[str]:
    said = [_("The range goes from the best test to the worst; it is no interval of an estimate.")]
    if blind:
        more = ngettext(
            "%(n)d more test could have seen no effect for certain.",
            "%(n)d more tests could have seen no effect for certain.",
            blind,
        )
        said.append(more % {"n": blind})
    return said


def _ended(reader: Actor) -> list[Entry]:
    today = as_of(workspace(), posts()).today
    return [entry for entry in queries.entries(reader) if queries.due(entry.claim, today)]


def _tested(entry: Entry) -> bool:
    return entry.counts is not None and entry.counts.bar != ClaimTest.Bar.EARLY


def _outcome(entry: Entry) -> str:
    return entry.counts.outcome if entry.counts else ""


def _evidence(entries: Sequence[Entry]) -> list[Step]:
    return [Step(entry.claim.text, reverse("claim", args=[entry.claim.pk])) for entry in entries]


def _limits(entries: Sequence[Entry]) -> list[str]:
    late = sum(entry.afterwards for entry in entries)
    if not late:
        return []
    said = ngettext("%(n)d was written down afterwards.", "%(n)d were written down afterwards.", late)
    return [said % {"n": late}]


def _missing(reader: Actor) -> str:
    running = sum(entry.claim.frozen for entry in queries.entries(reader))
    if not running:
        return _("No promise is written down and frozen yet.")
    return ngettext(
        "%(n)d promise is frozen and has not ended yet.",
        "%(n)d promises are frozen; none has ended yet.",
        running,
    ) % {"n": running}


def _first_step() -> Step:
    return Step(_("Write a promise down"), reverse("claims"))
