"""Writing the digests that are due: the issue first, then the next date, so that a crash loses none and doubles none."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from threading import Event

from django.utils import timezone

from outlisten.app.alerts.digesting.issue import write_issue
from outlisten.app.alerts.digesting.rhythm import last_due, next_due
from outlisten.app.alerts.models import Digest
from outlisten.app.listening.clock import zone_of
from outlisten.app.listening.queries.names import workspace
from outlisten.posts.errors import StoreError

log = logging.getLogger(__name__)
AGAIN = timedelta(minutes=5)
_failed_at: dict[int, datetime] = {}  # digests that this process could not write


def write_due(now: datetime | None = None, ending: Event | None = None) -> int:
    """Write every issue that is due, until the process ends; returns how many."""
    now = now or timezone.now()
    zone, written = zone_of(workspace()), 0
    for digest in Digest.objects.filter(on=True, removed=False, next_at__lte=now):
        if ending and ending.is_set():
            break
        if _failed_at.get(digest.pk, now - AGAIN) > now - AGAIN:
            continue
        try:
            write_issue(digest, max(last_due(digest, now, zone), digest.next_at or now))
        except StoreError as problem:
            log.warning("Digest %d could not be written: %s", digest.pk, problem)
            _failed_at[digest.pk] = now
            continue
        except Exception:  # neither the other digests nor the alerts may wait for this one
            log.exception("Digest %d could not be written.", digest.pk)
            _failed_at[digest.pk] = now
            continue
        _failed_at.pop(digest.pk, None)
        Digest.objects.filter(pk=digest.pk, next_at=digest.next_at).update(
            next_at=next_due(digest, now, zone)
        )
        written += 1
    return written
