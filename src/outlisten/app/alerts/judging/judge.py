"""Looking at a rule: does it fire, does it go on, is it over?

The row is the truth. A look is claimed by moving `next_at`, so that one worker looks; a crash is made up for at the next look.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from threading import Event
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from outlisten.app.alerts.judging.asked import COMPLAINS, Asked, Unanswerable, asked
from outlisten.app.alerts.judging.grouping import group_of
from outlisten.app.alerts.judging.reasons import facts_of, newest_ids, people_in
from outlisten.app.alerts.judging.sources import judge_sources
from outlisten.app.alerts.models import Alert, AlertRule, Kind
from outlisten.app.listening.clock import AsOf, as_of
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.sight import reading_as
from outlisten.app.listening.store import posts
from outlisten.app.web.live import publish
from outlisten.insights.unusual import Rise, ShareRise, began, rise, share_rise, usual
from outlisten.posts.errors import StoreError
from outlisten.posts.store import TimeRange

log = logging.getLogger(__name__)
EVERY = timedelta(minutes=5)
OVER = 0.05  # a window this likely is no longer unusual
NEW_LEVEL = timedelta(days=7)  # what lasts longer is what is usual now


def judge_due(now: datetime | None = None, ending: Event | None = None) -> int:
    """Look at every rule that is due, until the process ends; returns how many."""
    now = now or timezone.now()
    due = Q(on=True, removed=False) & (Q(next_at=None) | Q(next_at__lte=now)) & ~Q(kind=Kind.URGENT)
    looked = 0
    for rule in AlertRule.objects.filter(due).select_related("topic"):
        if ending and ending.is_set():
            break
        if AlertRule.objects.filter(due, pk=rule.pk).update(next_at=now + EVERY):
            try:
                judge(rule)
            except Exception:  # the other rules must be looked at all the same
                log.exception("Rule %d could not be looked at.", rule.pk)
            looked += 1
    return looked


def judge(rule: AlertRule) -> None:
    """Look at one rule now, with the eyes of somebody who may not read private messages; its row says what was found."""
    with reading_as(AnonymousUser()):
        try:
            standing = judge_sources(rule) if rule.kind == Kind.SOURCE else _judge_counts(rule)
        except Unanswerable as problem:
            standing = {"state": str(problem)}
            end_alerts(rule)
        except StoreError as problem:
            log.warning("Rule %d could not be looked at: %s", rule.pk, problem)
            return
    AlertRule.objects.filter(pk=rule.pk).update(judged_at=timezone.now(), standing=standing)


def end_alerts(rule: AlertRule) -> None:
    """What the rule found is over: nobody looks at it any more."""
    Alert.objects.filter(rule=rule, ended_at=None).update(ended_at=timezone.now())


def found_now(rule: AlertRule, question: Asked) -> tuple[Rise | ShareRise | None, datetime | None]:
    """The most surprising window up to now, and when its rise began; None while too little is known."""
    if rule.kind == Kind.COMPLAINTS:
        people, complaining = question.hours(), question.hours(COMPLAINS)
        share = share_rise(complaining, people, every_weeks=rule.every_weeks, fewest=2 * rule.fewest)
        return share, share.start if share else None
    usually = usual(question.hours())
    found = rise(usually, every_weeks=rule.every_weeks)
    return found, began(usually, len(usually.hours) - found.hours, len(usually.hours)) if found else None


def _judge_counts(rule: AlertRule) -> dict[str, Any]:
    moment = as_of(workspace(), posts())
    question = asked(rule, moment)
    found, since = found_now(rule, question)
    going_on = Alert.objects.filter(rule=rule, ended_at=None).first()
    if found is None or since is None:
        if going_on and _past(going_on, moment):
            _end(going_on, moment)
        return {"state": "learning"}
    if going_on:
        _carry_on(going_on, found, question, moment)
    elif found.fires and not _resting(rule, moment.moment):
        _fire(rule, found, since, question, moment)
    return {"state": "watching", **_numbers(found, moment)}


def _fire(
    rule: AlertRule, found: Rise | ShareRise, since: datetime, question: Asked, moment: AsOf
) -> Alert | None:
    window = TimeRange(since, moment.moment)
    people = people_in(question, TimeRange(found.start, moment.moment), rule)
    if people < rule.fewest:
        return None
    topic = rule.topic.name if rule.topic else ""
    facts = {
        **_numbers(found, moment),
        "topic": topic,
        "people": people,
        **facts_of(question, window, rule),
    }
    ids = newest_ids(question, window, rule)
    try:
        with transaction.atomic():
            alert = Alert.objects.create(
                rule=rule, kind=rule.kind, began_at=window.start or found.start, fired_at=moment.moment,
                last_at=moment.moment, facts=facts, posts=ids, group=group_of(rule, ids, moment.moment),
                # In an archive the clock stands still at its newest post: nothing is known of what came after.
                ended_at=moment.moment if moment.newest else None,
            )  # fmt: skip
    except IntegrityError:  # another worker was quicker
        return None
    publish("alert", {"alert": alert.pk})
    return alert


def _carry_on(alert: Alert, found: Rise | ShareRise, question: Asked, moment: AsOf) -> None:
    """The same event: it is over when its window is no longer unusual, or has become the usual."""
    if found.chance > OVER or _past(alert, moment):
        _end(alert, moment)
    elif found.fires:
        window = TimeRange(alert.began_at, moment.moment)
        people = people_in(question, window, alert.rule)
        facts = {**alert.facts, "people": max(people, alert.facts.get("people", 0))}
        Alert.objects.filter(pk=alert.pk).update(last_at=moment.moment, facts=facts)


def _past(alert: Alert, moment: AsOf) -> bool:
    """Whether it is over however it looks: it is what is usual now, or the clock stands still and would never end it."""
    return moment.newest or moment.moment - alert.fired_at > NEW_LEVEL


def _end(alert: Alert, moment: AsOf) -> None:
    Alert.objects.filter(pk=alert.pk).update(ended_at=max(moment.moment, alert.fired_at))


def _resting(rule: AlertRule, now: datetime) -> bool:
    rest = now - timedelta(hours=rule.cool_hours)
    return Alert.objects.filter(rule=rule, ended_at__gte=rest).exists()


def _numbers(found: Rise | ShareRise, moment: AsOf) -> dict[str, Any]:
    """What was seen beside what is usual, as numbers that a row of the database holds."""
    told: dict[str, Any] = {
        "hours": found.hours, "start": found.start.isoformat(), "end": min(found.end, moment.moment).isoformat(),
        "low": found.low, "high": found.high, "chance": found.chance, "weeks": round(found.weeks, 2),
        "times": round(found.times, 2),
    }  # fmt: skip
    if isinstance(found, ShareRise):
        return {**told, "complaining": found.complaining, "of": found.people, "usual": found.usual}
    return {**told, "seen": found.seen, "expected": found.expected}
