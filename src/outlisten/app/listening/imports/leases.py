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
    """The oldest run with something to do that nobody holds, or that a crash left; now held by `holder`."""
    now = timezone.now()
    unheld = Q(lease_until=None) | Q(lease_until__lt=now)
    free = ImportRun.objects.filter(unheld, state__in=(State.LOOKING, State.WAITING, State.RUNNING))
    for pk, state in free.order_by("id").values_list("pk", "state")[:10]:
        held = {"holder": holder, "lease_until": now + LEASE}
        if state != State.LOOKING:
            held |= {"state": State.RUNNING, "started_at": Coalesce(F("started_at"), now)}
        if free.filter(pk=pk, state=state).update(**held) == 1:
            return ImportRun.objects.get(pk=pk)
    return None


def renew(run: ImportRun, progress: Mapping[str, object]) -> None:
    """Keep the lease and note the progress. Raises LeaseLost."""
    _held(run, progress=dict(progress), lease_until=timezone.now() + LEASE)


def give_back(run: ImportRun, state: ImportRun.State, **values: object) -> None:
    """Let go of the run in another state. Raises LeaseLost when it is no longer ours."""
    _held(run, state=state, lease_until=None, **values)


def _held(run: ImportRun, **values: object) -> None:
    mine = ImportRun.objects.filter(pk=run.pk, holder=run.holder, state=run.state)
    if mine.update(**values) != 1:
        raise LeaseLost
