"""Who works on a source: a conditional update claims the row, a lease lets a crash give it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from outlisten.app.sources.models import Source

# Longer than the slowest page: a minute to fetch, the rest to read and keep it on a busy machine.
LEASE = timedelta(seconds=180)


class LeaseLost(Exception):
    """The source was paused, changed or removed, or another worker holds it now: stop, and keep no cursor."""


def due(now: datetime) -> Q:
    """Sources that wait to be asked and that nobody holds."""
    return free(now) & (Q(next_at=None) | Q(next_at__lte=now))


def free(now: datetime) -> Q:
    """Sources that nobody holds and that are not paused."""
    return (Q(lease_until=None) | Q(lease_until__lt=now)) & Q(state=Source.State.ON)


def claim(
    holder: str,
    *,
    among: Sequence[str] | None = None,
    besides: Sequence[str] = (),
    now: datetime | None = None,
) -> Source | None:
    """The source that waited longest, now held by `holder`; None when none is due.

    `among` and `besides` name connectors.
    """
    now = now or timezone.now()
    waiting = Source.objects.filter(due(now)).exclude(connector__in=besides)
    if among is not None:
        waiting = waiting.filter(connector__in=among)
    waiting = waiting.order_by(F("next_at").asc(nulls_first=True), "id")
    for pk in waiting.values_list("pk", flat=True)[:20]:
        if Source.objects.filter(due(now), pk=pk).update(holder=holder, lease_until=now + LEASE) == 1:
            return Source.objects.get(pk=pk)
    return None


def claim_one(pk: int, holder: str) -> Source | None:
    """This source, due or not, now held by `holder`; None while somebody else holds it, or it is paused."""
    now = timezone.now()
    if Source.objects.filter(free(now), pk=pk).update(holder=holder, lease_until=now + LEASE) != 1:
        return None
    return Source.objects.get(pk=pk)


def release(pk: int, holder: str) -> None:
    """Let go of a source whose ask broke off, so that nobody waits for the lease to run out."""
    Source.objects.filter(pk=pk, holder=holder).update(holder="", lease_until=None)


def keep(source: Source, **values: object) -> None:
    """Write what is known now and renew the lease. Raises LeaseLost."""
    _held(source, lease_until=timezone.now() + LEASE, **values)


def give_back(source: Source, next_at: datetime, **values: object) -> None:
    """Let go of the source until then. Raises LeaseLost."""
    _held(source, holder="", lease_until=None, next_at=next_at, **values)


def _held(source: Source, **values: object) -> None:
    mine = Source.objects.filter(pk=source.pk, holder=source.holder, state=Source.State.ON)
    if mine.update(**values) != 1:
        raise LeaseLost
    for name, value in values.items():
        setattr(source, name, value)
