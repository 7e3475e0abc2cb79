"""Writing claims down, freezing them, testing them. Each act asks the rules and writes its audit row."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outlisten.app.decisions.claims.content import Content, content_of, digest, untouched
from outlisten.app.decisions.claims.series import series_of
from outlisten.app.decisions.models import Claim, ClaimTest
from outlisten.app.listening.clock import as_of
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.saved_query import checked
from outlisten.app.listening.store import posts
from outlisten.app.listening.wording import locale
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import record
from outlisten.insights import effects
from outlisten.insights.effects import Outcome, Verdict
from outlisten.insights.effects.window import FEWEST_AFTER

MOST_COMPARISONS = 5
LONGEST = timedelta(days=2 * 366)


@transaction.atomic
def write_down(claim: Claim, *, by: Actor) -> Claim:
    """Keep a new or changed draft. Raises Refused, and ValidationError for what cannot be tested or is frozen."""
    require(by, Act.MAKE_CLAIM, about=_about(claim))
    fresh = claim.pk is None
    if not fresh and Claim.objects.select_for_update().get(pk=claim.pk).frozen:
        raise ValidationError(
            _("This claim is frozen. A changed promise is a new claim that names this one.")
        )
    claim.comparisons = list(dict.fromkeys(key for key in claim.comparisons if key != claim.subject))
    _check(claim)
    if fresh:
        claim.made_by = by if isinstance(by, Account) else None
    claim.save()
    record("claim.add" if fresh else "claim.change", by=by, about=_about(claim))
    return claim


@transaction.atomic
def freeze(claim: Claim, *, by: Actor) -> Claim:
    """Make a draft unchangeable; its hash stands in the audit log. Raises Refused, ValidationError."""
    require(by, Act.MAKE_CLAIM, about=_about(claim))
    kept = Claim.objects.select_for_update().get(pk=claim.pk)
    if kept.frozen:
        raise ValidationError(_("This claim is frozen already."))
    _check(kept)
    kept.content = content_of(kept).as_json()
    kept.digest, kept.frozen_at = digest(kept.content), timezone.now()
    kept.frozen_by = by if isinstance(by, Account) else None
    kept.save()
    record("claim.freeze", by=by, about=_about(kept), sha256=kept.digest, afterwards=written_afterwards(kept))
    return kept


def test(claim: Claim, *, by: Actor) -> ClaimTest:
    """Test a frozen claim on what is collected up to today, and keep the result whatever it is.

    Before the promise has ended it is kept as *too early*. Raises Refused, StoreError, and ValidationError for a
    draft, a promise that has hardly begun, posts that lack, or a claim whose content no longer fits its hash.

    The seconds of reckoning lie outside the transaction: a frozen claim cannot change under them, and inside one they
    would keep everybody else from writing.
    """
    require(by, Act.MAKE_CLAIM, about=_about(claim))
    if not claim.frozen:
        raise ValidationError(_("Freeze the claim first: what can still be changed cannot be tested."))
    if not untouched(claim):
        raise ValidationError(
            _("The claim's content does not fit its hash: somebody changed it outside of Outlisten.")
        )
    now = as_of(workspace(), posts())
    content = content_of(claim)
    _check_begun(content, now.today)
    verdict = effects.test(
        series_of(content, posts(), now.context, now.today), content.promise, level=content.level
    )
    result = ClaimTest(
        claim=claim, by=by if isinstance(by, Account) else None, as_of=now.today, finding=verdict.outcome,
        bar=_bar(claim, content, now.today), result=verdict.as_json(), detectable=verdict.as_json()["detectable"],
    )  # fmt: skip
    result.outcome = _outcome(verdict, result.bar)
    if verdict.effect is not None:
        found = verdict.as_json()["effect"]
        result.effect, result.low, result.high = found["value"], found["low"], found["high"]
    with transaction.atomic():
        result.save()
        record(
            "claim.test", by=by, about=_about(claim), test=result.pk, verdict=result.outcome, bar=result.bar
        )
    return result


def written_afterwards(claim: Claim) -> bool:
    """Whether the claim was frozen later than the day its effect was to begin, by the clock on the wall."""
    if claim.frozen_at is None:
        return False
    content = content_of(claim)
    return claim.frozen_at.astimezone(ZoneInfo(content.zone)).date() > content.start


def _check(claim: Claim) -> None:
    claim.full_clean()
    content = content_of(claim)
    for asked in (content.subject, *content.comparisons):
        checked(asked.query)
    if len(claim.comparisons) > MOST_COMPARISONS:
        raise ValidationError(
            {"comparisons": _("Choose at most %(n)d comparisons.") % {"n": MOST_COMPARISONS}}
        )
    if claim.metric == Claim.Metric.VOICE and not claim.comparisons:
        raise ValidationError(
            {"comparisons": _("A share of voice needs somebody to share it with: choose comparisons.")}
        )
    if claim.until - claim.start < timedelta(days=FEWEST_AFTER["day"] - 1):
        raise ValidationError(
            {"until": _("A promise of less than a week cannot be told from chance; let it run longer.")}
        )
    if claim.until - claim.start > LONGEST:
        raise ValidationError(
            {"until": _("A promise over more than two years cannot be tested; make it shorter.")}
        )
    if claim.replaces is not None and not claim.replaces.frozen:
        raise ValidationError(
            _("The claim that this one stands instead of is still a draft: change that one.")
        )
    try:
        effects.Promise(content.start, content.size, content.relative, content.until)
    except effects.BadSeries as bad:
        raise ValidationError({"size": bad.text(locale())}) from bad


def _check_begun(content: Content, today: date) -> None:
    least = FEWEST_AFTER[content.step] * (7 if content.step == "week" else 1)
    first = content.start + timedelta(days=least)
    if today < first:
        raise ValidationError(
            _(
                "It is too early to look: the promise begins on %(start)s, and nothing can be seen before %(first)s."
            )
            % {"start": content.start.isoformat(), "first": first.isoformat()}
        )


def _bar(claim: Claim, content: Content, today: date) -> str:
    """Why a finding may not be taken for an outcome: looking before the end, or promising after the start."""
    if today <= content.until:
        return ClaimTest.Bar.EARLY
    return ClaimTest.Bar.AFTERWARDS if written_afterwards(claim) else ""


def _outcome(verdict: Verdict, bar: str) -> str:
    """Looking early, whatever is found is no outcome; a claim written down afterwards is never *supported*, because
    its dates, metric and comparisons may have been chosen after seeing what happened."""
    early = bar == ClaimTest.Bar.EARLY
    flattered = bar == ClaimTest.Bar.AFTERWARDS and verdict.outcome == Outcome.SUPPORTED
    return Outcome.CANNOT_TELL if early or flattered else verdict.outcome


def _about(claim: Claim) -> str:
    return f"claim:{claim.pk}" if claim.pk else "claim"
