"""Statement 5 in figures: the audit log verified, and the age of what we hold against what we promise."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.app.people.rules import Act, Actor, may
from outlisten.app.trust.landing import verified_sentence
from outlisten.app.trust.log import last_verified
from outlisten.app.trust.models import AuditRow
from outlisten.app.trust.retention.ages import Age, measured_ages, today
from outlisten.app.web.measure import Measure, Step
from outlisten.insights.figures_in_words import count_in_words


def audit_verified(reader: Actor) -> Measure:
    """Up to which row the log was last found whole, when that was, and how many acts came since."""
    name = _("Audit log verified")
    log = Step(_("Audit log"), reverse("audit")) if may(reader, Act.SEE_AUDIT) else None
    row = last_verified()
    if row is None:
        return Measure(name, missing=_("The audit log was not verified yet."), next_step=log)
    upto = int(row.details.get("rows") or 0)
    since = AuditRow.objects.filter(number__gt=row.number).count()
    later = ngettext("%(n)s act since.", "%(n)s acts since.", since) % {"n": count_in_words(since)}
    said = _("%(first)s %(second)s") % {"first": verified_sentence()[0], "second": later}
    limit = _("Whoever holds the key file too can rewrite the log; a head kept elsewhere shows even that.")
    return Measure(
        name, said, float(upto), unit="count", evidence=(log,) if log else (), next_step=log, limits=(limit,)
    )


def age_of_data(reader: Actor) -> Measure:
    """How many posts are kept longer than promised, and how old the oldest is that a promise covers."""
    name = _("Age of posts against the promise")
    rules = (
        Step(_("How long posts are kept"), reverse("retention")) if may(reader, Act.SET_RETENTION) else None
    )
    promised = [age for age in measured_ages() if age.rule.on and age.rule.days and not age.rule.hold]
    if not promised:
        return Measure(name, missing=_("No rule says how long posts are kept."), next_step=rules)
    late = sum(age.overdue for age in promised)
    said = ngettext(
        "%(n)s post is kept longer than promised.", "%(n)s posts are kept longer than promised.", late
    ) % {"n": count_in_words(late)}  # fmt: skip
    first = said if late else _("No post is kept longer than promised.")
    said = _("%(first)s %(second)s") % {"first": first, "second": _oldest(promised)}
    limit = _("A post counts from the day it was written; without a date, from the day it was first seen.")
    return Measure(
        name,
        said,
        float(late),
        unit="count",
        evidence=(rules,) if rules else (),
        next_step=rules,
        limits=(limit,),
    )


def _oldest(promised: list[Age]) -> str:
    """The oldest post of the rule that comes nearest to its promise, or is furthest past it."""
    now = today()
    ages = [((now - age.oldest).days, int(age.rule.days or 0), age) for age in promised if age.oldest]
    if not ages:
        return _("The rules cover no post now.")
    days, limit, age = max(ages, key=lambda one: one[0] - one[1])
    return _("%(rule)s: the oldest post is %(days)s days old, promised are %(limit)s.") % {
        "rule": age.rule.label, "days": count_in_words(days), "limit": count_in_words(limit)
    }  # fmt: skip
