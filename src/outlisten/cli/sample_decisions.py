"""The story's insights, decisions and claim, by the acts of the decisions room on the sample's real series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from outlisten.app.decisions.actions import decisions as acts
from outlisten.app.decisions.actions.insights import pin_figure
from outlisten.app.decisions.actions.reviews import review
from outlisten.app.decisions.claims import actions as claims
from outlisten.app.decisions.clock import today
from outlisten.app.decisions.models import Claim, Decision, Insight, Outcome
from outlisten.app.decisions.pinnable import Pinnable
from outlisten.app.listening.filters import ALL_VOICES
from outlisten.app.listening.periods import ALL
from outlisten.app.listening.queries.listen import ask
from outlisten.app.listening.queries.names import comparable
from outlisten.app.listening.queries.telling import facts
from outlisten.app.people.models import Account, Department
from outlisten.sample import decided
from outlisten.sample.story import made_up
from outlisten.words import Locale


def insights(analyst: Account, locale: Locale) -> list[Insight]:
    """Pin the headlines that the decisions rest on, as the page Listen says them."""
    return [_pinned(one, analyst, locale) for one in decided.INSIGHTS]


def _pinned(one: decided.Pinned, analyst: Account, locale: Locale) -> Insight:
    asked = urlencode({"q": one.query, **dict(ALL.address()), "voice": ALL_VOICES})
    found = facts(ask(analyst, QueryDict(asked)))
    figure = Pinnable(
        title=one.title.read(locale), sentence=found.sentence(locale), address=f"{reverse('listen')}?{asked}",
        language=locale, measure="headline", value=found.posts,
    )  # fmt: skip
    return pin_figure(figure, note=made_up(one.note, locale), by=analyst)


def claim(analyst: Account, locale: Locale) -> Claim | None:
    """Write the promise down, freeze it and test it. None where its brands were removed.

    Its days are long past: the room marks it *written down afterwards*, and it can never be supported.
    """
    promised, keys = decided.CLAIM, {one.name: one.key for one in comparable()}
    if any(name not in keys for name in (promised.subject, *promised.comparisons)):
        return None
    kept = Claim(
        text=made_up(promised.text, locale), promised_by=promised.by.read(locale), promiser=Claim.Promiser.VENDOR,
        metric=Claim.Metric.POSTS, subject=keys[promised.subject], size=promised.size, relative=True,
        comparisons=[keys[name] for name in promised.comparisons], start=promised.start, until=promised.until,
    )  # fmt: skip
    frozen = claims.freeze(claims.write_down(kept, by=analyst), by=analyst)
    claims.test(frozen, by=analyst)
    return frozen


def decisions(
    pinned: Sequence[Insight], tested: Claim | None, cast: Mapping[str, Account], locale: Locale
) -> None:
    """Record what was decided from the insights; what has an outcome is reviewed with the claim that tests it."""
    places = {department.key: department for department in Department.objects.all()}
    for one in decided.DECISIONS:
        decision = Decision(
            text=made_up(one.text, locale), why=made_up(one.why, locale), level=one.level, horizon=one.horizon,
            owner=cast[one.owner], department=places.get(one.department), expected=one.expected.read(locale),
            review_on=today() + timedelta(days=one.review_in),
        )  # fmt: skip
        acts.add(decision, [pinned[place] for place in one.insights], by=cast["analyst"])
        if one.outcome is not None:
            outcome = Outcome(
                decision=decision,
                verdict=Outcome.Verdict.CANNOT_TELL,
                text=made_up(one.outcome, locale),
                claim=tested,
            )
            review(outcome, by=cast["analyst"])
