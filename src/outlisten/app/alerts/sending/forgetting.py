"""The delivery log does not grow for ever: what is settled and old leaves it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from outlisten.app.alerts.models import Delivery

KEPT = timedelta(days=90)
EVERY = timedelta(days=1)
_last: list[datetime] = []


def forget_old(now: datetime | None = None) -> int:
    """Messages that were made long ago and are no longer on their way leave the log; returns how many."""
    old = Delivery.objects.filter(made_at__lt=(now or timezone.now()) - KEPT)
    return old.exclude(state=Delivery.State.WAITING).delete()[0]


def forget_when_due(now: datetime | None = None) -> int:
    """The same once a day in this process."""
    now = now or timezone.now()
    if _last and now - _last[0] < EVERY:
        return 0
    _last[:] = [now]
    return forget_old(now)
