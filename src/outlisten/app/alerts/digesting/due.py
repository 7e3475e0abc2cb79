"""Writing the digests that are due: the issue first, then the next date, so that a crash loses none and doubles none."""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils import timezone

from outlisten.app.alerts.digesting.issue import write_issue
from outlisten.app.alerts.digesting.rhythm import last_due, next_due
from outlisten.app.alerts.models import Digest
from outlisten.app.listening.clock import zone_of
from outlisten.app.listening.queries.names import workspace
from outlisten.posts.errors import StoreError

log = logging.getLogger(__name__)


def write_due(now: datetime | None = None) -> int:
    """Write every issue that is due; returns how many."""
    now = now or timezone.now()
    zone, written = zone_of(workspace()), 0
    for digest in Digest.objects.filter(on=True, removed=False, next_at__lte=now):
        try:
            write_issue(digest, max(last_due(digest, now, zone), digest.next_at or now))
        except StoreError as problem:
            log.warning("Digest %d could not be written: %s", digest.pk, problem)
            continue
        Digest.objects.filter(pk=digest.pk, next_at=digest.next_at).update(
            next_at=next_due(digest, now, zone)
        )
        written += 1
    return written
