"""Who works on an import: a conditional update claims the row, a lease lets a crash give it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from outlisten.app.listening.models import ImportRun

State = ImportRun.State
# Long enough for the slowest batch on a busy laptop, short enough that a restart soon carries on.
LEASE = timedelta(seconds=60)


class LeaseLost(Exception):
    """The run was cancelled, or another worker holds it now: stop."""


def claim(holder: str) -> ImportRun | None:
    """The oldest run that waits, or that a crashed worker left, now held by `holder`; None when there is none."""
    now = timezone.now()
    free = Q(state=State.WAITING) | Q(state=State.RUNNING, lease_until__lt=now)
    for pk in ImportRun.objects.filter(free).order_by("id").values_list("pk", flat=True)[:10]:
        won = ImportRun.objects.filter(free, pk=pk).update(
            state=State.RUNNING, holder=holder, lease_until=now + LEASE, started_at=Coalesce(F("started_at"), now)
        )
        if won == 1:
            return ImportRun.objects.get(pk=pk)
    return None


def renew(run: ImportRun, progress: Mapping[str, object]) -> None:
    """Keep the lease and note the progress. Raises LeaseLost."""
    _held(run, progress=dict(progress), lease_until=timezone.now() + LEASE)


def finish(run: ImportRun, state: ImportRun.State, **values: object) -> None:
    """End the run as done or failed. Raises LeaseLost when it is no longer ours to end."""
    _held(run, state=state, finished_at=timezone.now(), lease_until=None, **values)


def _held(run: ImportRun, **values: object) -> None:
    mine = ImportRun.objects.filter(pk=run.pk, holder=run.holder, state=State.RUNNING)
    if mine.update(**values) != 1:
        raise LeaseLost
