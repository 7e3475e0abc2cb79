"""Who re-reads: a conditional update claims the row, a lease lets a crash give it back."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from outlisten.app.listening.models import Rereading

State = Rereading.State
# Longer than the slowest page on a busy laptop.
LEASE = timedelta(seconds=120)


class LeaseLost(Exception):
    """Another worker holds it now: stop."""


def claim(holder: str, kind: str = Rereading.Kind.VOICES) -> Rereading | None:
    """The oldest re-reading of a kind that nobody holds, or that a crash left; now held by `holder`."""
    now = timezone.now()
    free = Rereading.objects.filter(
        Q(lease_until=None) | Q(lease_until__lt=now), kind=kind, state__in=(State.WAITING, State.RUNNING)
    )
    for pk in free.order_by("id").values_list("pk", flat=True)[:10]:
        held = {"holder": holder, "lease_until": now + LEASE, "state": State.RUNNING}
        if free.filter(pk=pk).update(**held) == 1:
            return Rereading.objects.get(pk=pk)
    return None


def note(rereading: Rereading, **values: object) -> None:
    """Keep the lease and write down how far it is. Raises LeaseLost."""
    _held(rereading, lease_until=timezone.now() + LEASE, **values)


def give_back(rereading: Rereading, **values: object) -> None:
    """Let go of it. Raises LeaseLost when it is no longer ours."""
    _held(rereading, lease_until=None, **values)


def _held(rereading: Rereading, **values: object) -> None:
    mine = Rereading.objects.filter(pk=rereading.pk, holder=rereading.holder, state=State.RUNNING)
    if mine.update(**values) != 1:
        raise LeaseLost
    for name, value in values.items():
        setattr(rereading, name, value)
