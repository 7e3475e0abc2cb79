"""Rules and digests: kept, switched, removed; and what a person says of an alert."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outlisten.app.alerts.digesting.rhythm import next_due
from outlisten.app.alerts.judging.judge import end_alerts
from outlisten.app.alerts.models import Alert, AlertRule, Channel, Digest
from outlisten.app.alerts.sending.worker import wake
from outlisten.app.listening.clock import zone_of
from outlisten.app.listening.models import Topic
from outlisten.app.listening.queries.names import workspace
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import record


@transaction.atomic
def keep_rule(rule: AlertRule, channels: list[Channel], *, by: Actor) -> AlertRule:
    """Save a rule; it is looked at soon. Raises Refused, ValidationError."""
    require(by, Act.MANAGE_ALERTS)
    _check_name(rule, _("There is a rule of this name already; choose another name."))
    if rule.counts and rule.topic is None:
        raise ValidationError({"topic": _("Choose the topic that is watched.")})
    if (rule.quiet_from is None) != (rule.quiet_until is None):
        raise ValidationError({"quiet_until": _("Quiet hours need a start and an end.")})
    fresh = rule.pk is None
    before = AlertRule.objects.filter(pk=rule.pk).first()
    if before and (before.kind, before.topic_id) != (rule.kind, rule.topic_id):
        end_alerts(rule)
    rule.made_by = rule.made_by or (by if isinstance(by, Account) else None)
    rule.next_at, rule.standing = timezone.now(), {}
    rule.save()
    rule.channels.set(channels)
    record(f"alert_rule.{'add' if fresh else 'change'}", by=by, about=f"alert_rule:{rule.pk}", kind=rule.kind)
    transaction.on_commit(wake)
    return rule


@transaction.atomic
def keep_digest(digest: Digest, topics: list[Topic], channels: list[Channel], *, by: Actor) -> Digest:
    """Save a digest; the next issue is written when it is due. Raises Refused, ValidationError."""
    require(by, Act.MANAGE_ALERTS)
    _check_name(digest, _("There is a digest of this name already; choose another name."))
    if not topics:
        raise ValidationError({"topics": _("Choose at least one topic.")})
    if not 0 <= digest.hour <= 23:
        raise ValidationError({"hour": _("Enter an hour from 0 to 23.")})
    fresh = digest.pk is None
    digest.made_by = digest.made_by or (by if isinstance(by, Account) else None)
    digest.next_at = next_due(digest, timezone.now(), zone_of(workspace()))
    digest.save()
    digest.topics.set(topics)
    digest.channels.set(channels)
    record(f"digest.{'add' if fresh else 'change'}", by=by, about=f"digest:{digest.pk}")
    return digest


@transaction.atomic
def switch(thing: AlertRule | Digest, *, on: bool, by: Actor) -> None:
    """Switch a rule or digest on or off. Raises Refused."""
    require(by, Act.MANAGE_ALERTS)
    due = {"next_at": _next(thing)} if on else {}
    type(thing)._default_manager.filter(pk=thing.pk).update(on=on, **due)
    if isinstance(thing, AlertRule) and not on:
        end_alerts(thing)
    record(f"{_kind(thing)}.{'on' if on else 'off'}", by=by, about=f"{_kind(thing)}:{thing.pk}")
    transaction.on_commit(wake)


@transaction.atomic
def remove(thing: AlertRule | Digest, *, by: Actor) -> None:
    """It watches or writes no more; what it found and wrote stays. Raises Refused."""
    require(by, Act.MANAGE_ALERTS)
    type(thing)._default_manager.filter(pk=thing.pk).update(removed=True, on=False)
    if isinstance(thing, AlertRule):
        end_alerts(thing)
    record(f"{_kind(thing)}.remove", by=by, about=f"{_kind(thing)}:{thing.pk}")


@transaction.atomic
def judge_alert(alert: Alert, verdict: str, *, by: Actor) -> None:
    """Say whether an alert was useful or false; blank takes it back. Raises Refused, ValueError."""
    require(by, Act.JUDGE_ALERT)
    if verdict not in ("", *Alert.Verdict.values):
        raise ValueError(verdict)
    person = by if isinstance(by, Account) and verdict else None
    Alert.objects.filter(pk=alert.pk).update(
        verdict=verdict, verdict_by=person, verdict_at=timezone.now() if verdict else None
    )
    record("alert.judge", by=by, about=f"alert:{alert.pk}", verdict=verdict)


def _check_name(thing: AlertRule | Digest, taken: str) -> None:
    """Names are once among what is not removed. Raises ValidationError."""
    others = type(thing)._default_manager.filter(removed=False, name=thing.name).exclude(pk=thing.pk)
    if others.exists():
        raise ValidationError({"name": taken})


def _next(thing: AlertRule | Digest) -> object:
    now = timezone.now()
    return now if isinstance(thing, AlertRule) else next_due(thing, now, zone_of(workspace()))


def _kind(thing: AlertRule | Digest) -> str:
    return "alert_rule" if isinstance(thing, AlertRule) else "digest"
