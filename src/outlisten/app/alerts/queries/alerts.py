"""Alerts and how well the alarm itself does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from outlisten.app.alerts.models import Alert, Kind
from outlisten.app.people.rules import Act, Actor, may, require

WEEKS = 8
OF_PRIVATE = Q(kind=Kind.URGENT) & Q(facts__private=True)


@dataclass(frozen=True, slots=True)
class AlarmMeasured:
    """The alarm of the last weeks: alerts told, what people said of them, and how long after its beginning a rise was told."""

    weeks: int
    alerts: int
    useful: int
    false: int
    delay: timedelta | None

    @property
    def unjudged(self) -> int:
        """How many nobody has spoken about."""
        return self.alerts - self.useful - self.false


def alerts(by: Actor) -> QuerySet[Alert]:
    """The alerts that this person may read, newest first: of private messages only who may read those. Raises Refused."""
    require(by, Act.SEARCH)
    found = Alert.objects.select_related("rule", "rule__topic", "rule__department", "group", "verdict_by")
    return found if may(by, Act.READ_PRIVATE) else found.exclude(OF_PRIVATE)


def alert(by: Actor, pk: int) -> Alert:
    """One alert, or 404. Raises Refused."""
    return get_object_or_404(alerts(by), pk=pk)


def going_on(by: Actor, now: datetime | None = None) -> list[Alert]:
    """What goes on now, and urgent posts of the last day, each event once. Raises Refused."""
    lately = (now or timezone.now()) - timedelta(days=1)
    current = Q(ended_at=None) | Q(kind=Kind.URGENT, fired_at__gte=lately, verdict="")
    return list(alerts(by).filter(current, group=None).exclude(kind=Kind.SOURCE)[:5])


def measured(by: Actor) -> AlarmMeasured:
    """How the alarm did in the last weeks. Raises Refused."""
    since = timezone.now() - timedelta(weeks=WEEKS)
    told = list(alerts(by).filter(fired_at__gte=since, group=None))
    delays = [
        (one.fired_at - one.began_at).total_seconds()
        for one in told
        if one.kind in (Kind.VOLUME, Kind.COMPLAINTS)
    ]
    return AlarmMeasured(
        WEEKS, len(told), sum(one.verdict == Alert.Verdict.USEFUL for one in told),
        sum(one.verdict == Alert.Verdict.FALSE for one in told), timedelta(seconds=median(delays)) if delays else None,
    )  # fmt: skip
