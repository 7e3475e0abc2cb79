"""What a rule would have done in the last weeks: the same judgement, made every few hours of that time as it stood then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from outlisten.app.alerts.judging.asked import COMPLAINS, Asked, asked
from outlisten.app.alerts.judging.reasons import people_in, query_of
from outlisten.app.alerts.models import AlertRule, Kind
from outlisten.app.listening.clock import as_of
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.store import posts
from outlisten.insights.evidence import narrowed
from outlisten.insights.unusual import Hours, Rise, ShareRise, rise, share_rise, usual
from outlisten.posts.store import TimeRange

LOOKED_BACK = 28 * 24  # hours
STEP = 3


@dataclass(frozen=True, slots=True)
class WouldFire:
    """One time that the rule would have fired: when, and the query text behind it."""

    at: datetime
    found: Rise | ShareRise
    people: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What it would have found; `hours` is how much of the time could be judged."""

    hours: int
    fired: tuple[WouldFire, ...]


def trial(rule: AlertRule) -> Trial:
    """What the rule would have found in the last four weeks. Raises Unanswerable, StoreError."""
    question = asked(rule, as_of(workspace(), posts()))
    people = question.hours()
    complaining = question.hours(COMPLAINS) if rule.kind == Kind.COMPLAINTS else None
    fired: list[WouldFire] = []
    judged, rest_until = 0, people.start
    for end in range(max(len(people) - LOOKED_BACK, STEP), len(people) + 1, STEP):
        found = _judged(rule, people, complaining, end)
        judged += STEP if found else 0
        if not found or not found.fires or found.end < rest_until:
            continue
        one = _would_fire(found, question, rule)
        if one.people >= rule.fewest:
            fired.append(one)
            rest_until = found.end + timedelta(hours=max(rule.cool_hours, found.hours))
    return Trial(judged, tuple(fired))


def _judged(rule: AlertRule, people: Hours, complaining: Hours | None, end: int) -> Rise | ShareRise | None:
    if complaining is not None:
        return share_rise(
            complaining.first(end), people.first(end), every_weeks=rule.every_weeks, fewest=2 * rule.fewest
        )
    return rise(usual(people.first(end)), every_weeks=rule.every_weeks)


def _would_fire(found: Rise | ShareRise, question: Asked, rule: AlertRule) -> WouldFire:
    window = TimeRange(found.start, found.end)
    evidence = narrowed(query_of(question, rule), window=window, zone=question.zone)
    return WouldFire(found.end, found, people_in(question, window, rule), evidence)
