"""Alerts and digests become messages, one for each channel, once.

Alerts wait while their rule is quiet; then those of one channel go out together. Of alerts that share most of their posts a
channel is told the first: the others stand on its page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from outlisten.app.alerts.models import Alert, AlertRule, Channel, Delivery, DigestIssue
from outlisten.app.alerts.writing.alerts import alert_message
from outlisten.app.alerts.writing.digests import digest_message
from outlisten.app.alerts.writing.kept import as_kept
from outlisten.app.listening.clock import zone_of
from outlisten.app.listening.models import Workspace
from outlisten.app.listening.queries.names import workspace
from outlisten.sinks.message import Message
from outlisten.words import Locale, locale_named


def tell(now: datetime | None = None) -> int:
    """Make the messages that are due; returns how many."""
    now = now or timezone.now()
    return _tell_alerts(now) + _tell_digests(now)


def quiet(rule: AlertRule, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the rule's quiet hours hold at that moment; hours that end before they start go over midnight."""
    if rule.quiet_from is None or rule.quiet_until is None or rule.quiet_from == rule.quiet_until:
        return False
    return _between(now.astimezone(zone).time(), rule.quiet_from, rule.quiet_until)


def language_of(chosen: str, of: Workspace) -> Locale:
    """The language of a rule or digest: its own, else the workspace's."""
    return locale_named(chosen or of.language)


def _tell_alerts(now: datetime) -> int:
    here = workspace()
    untold = Alert.objects.filter(told_at=None).select_related("rule", "group__rule")
    due = [one for one in untold.order_by("fired_at", "id") if not quiet(one.rule, now, zone_of(here))]
    by_channel: dict[tuple[Channel, Locale], list[Alert]] = defaultdict(list)
    for alert in due:
        for channel in _channels(alert, {one.pk for one in due}):
            by_channel[channel, language_of(alert.rule.language, here)].append(alert)
    # The store is asked for quotations before the transaction, which others wait for.
    messages = [
        (channel, alert_message(alerts, _key(alerts, locale), channel.address, locale, now))
        for (channel, locale), alerts in by_channel.items()
    ]
    with transaction.atomic():
        claimed = Alert.objects.filter(pk__in=[one.pk for one in due], told_at=None).update(told_at=now)
        if claimed != len(due):  # another worker told some of them: the next sweep tells the others
            transaction.set_rollback(True)
            return 0
        return sum(_deliver(channel, message) for channel, message in messages)


def _channels(alert: Alert, told_now: set[int]) -> list[Channel]:
    """Where it is told: nowhere that the first of its group is told of the same posts."""
    if alert.rule.removed:
        return []
    there = alert.rule.channels.filter(removed=False)
    first = alert.group
    if first and not first.rule.removed and (first.told_at or first.pk in told_now):
        there = there.exclude(pk__in=first.rule.channels.values("pk"))
    return list(there)


def _tell_digests(now: datetime) -> int:
    made = 0
    for issue in DigestIssue.objects.filter(told_at=None).select_related("digest").order_by("until", "id"):
        with transaction.atomic():
            if not DigestIssue.objects.filter(pk=issue.pk, told_at=None).update(told_at=now):
                continue
            if issue.digest.removed:
                continue
            for channel in issue.digest.channels.filter(removed=False):
                made += _deliver(channel, digest_message(issue, channel.address))
    return made


def _deliver(channel: Channel, message: Message) -> bool:
    row = {"message": as_kept(message), "next_at": timezone.now()}
    return Delivery.objects.get_or_create(channel=channel, key=message.key, defaults=row)[1]


def _key(alerts: Sequence[Alert], locale: Locale) -> str:
    ids = ",".join(str(alert.pk) for alert in alerts)
    return (
        f"alert-{ids}-{locale}"
        if len(ids) < 60
        else f"alerts-{sha256(ids.encode()).hexdigest()[:24]}-{locale}"
    )


def _between(at: time, start: time, end: time) -> bool:
    return start <= at < end if start < end else at >= start or at < end
