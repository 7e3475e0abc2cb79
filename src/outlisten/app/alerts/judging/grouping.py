"""Alerts that are one event: those that share most of their posts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from outlisten.app.alerts.models import Alert, AlertRule, Kind

SHARED = 0.5  # of the smaller one's posts
LATELY = timedelta(hours=24)


def group_of(rule: AlertRule, ids: Sequence[str], now: datetime) -> Alert | None:
    """The alert of another rule that these posts belong to: the first of its group; None where they stand alone.

    A single urgent post heads no group: it is one of the many posts of a rise, which would then never be told.
    """
    lately = Q(fired_at__gte=now - LATELY) | Q(ended_at=None)
    counts = Alert.objects.filter(lately, kind__in=(Kind.VOLUME, Kind.COMPLAINTS))
    wanted = set(ids)
    for alert in counts.exclude(rule=rule).order_by("fired_at", "id"):
        theirs = set(alert.posts)
        fewer = min(len(theirs), len(wanted))
        if fewer and len(theirs & wanted) >= SHARED * fewer:
            return alert.group or alert
    return None
