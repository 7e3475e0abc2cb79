"""What is counted of a source: posts by hour, rejected records, and old rows put away."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from hashlib import blake2b

from django.db.models import F
from django.utils import timezone

from outlisten.app.sources.models import HourCount, RejectedRecord, Run, Source
from outlisten.sources.collecting import Rejected, storable

KEPT_RUNS = 300
KEPT_REJECTED = 1_000
KEPT_HOURS = timedelta(days=120)


def note_hours(source: Source, added: int) -> None:
    """Count new posts into this hour."""
    if not added:
        return
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    row, _made = HourCount.objects.get_or_create(source=source, hour=hour)
    HourCount.objects.filter(pk=row.pk).update(posts=F("posts") + added)


def note_rejected(source: Source, rejected: Sequence[Rejected]) -> None:
    """Keep each rejected record once, with the reason of the last time."""
    for one in rejected:
        record = storable(one.record)
        RejectedRecord.objects.update_or_create(
            source=source, digest=digest(record),
            defaults={"at": timezone.now(), "reason": storable(one.reason)[:500], "record": record},
        )  # fmt: skip


def digest(record: object) -> str:
    """What makes two records the same one."""
    return blake2b(json.dumps(record, sort_keys=True).encode(), digest_size=16).hexdigest()


def trim(source: Source) -> None:
    """Put away the oldest rows of a source."""
    for model, most in ((Run, KEPT_RUNS), (RejectedRecord, KEPT_REJECTED)):
        rows = model.objects.filter(source=source)
        oldest = rows.order_by("-id").values_list("pk", flat=True)[most : most + 1].first()
        if oldest is not None:
            rows.filter(pk__lte=oldest).delete()
    HourCount.objects.filter(source=source, hour__lt=timezone.now() - KEPT_HOURS).delete()
