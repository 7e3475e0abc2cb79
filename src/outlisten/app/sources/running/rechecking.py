"""Kept posts are asked for again where the network's terms demand it: what is gone there goes here, what was edited changes.

Each source's manifest says after how long (`again`); a post's time runs from when it came, or was last seen or asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.utils import timezone

from outlisten.app.listening.store import pipeline
from outlisten.app.sources.models import CheckedPost, Run, Source
from outlisten.app.sources.running.deletions import apply_gone
from outlisten.app.sources.running.leases import keep
from outlisten.sources.collecting import take
from outlisten.sources.connector import Connector, Page, Standing
from outlisten.sources.manifest import Manifest

AT_ONCE = 100
MOST = 2_000  # posts of one ask; the others wait for the next


def remember(source: Source, manifest: Manifest, native_ids: Iterable[str]) -> None:
    """Note that these posts stood at their network just now, where the network is to be asked again."""
    if manifest.again is None:
        return
    now = timezone.now()
    rows = [CheckedPost(source=source, native_id=one, checked_at=now) for one in dict.fromkeys(native_ids)]
    CheckedPost.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["source", "native_id"], update_fields=["checked_at"]
    )


def ask_again(source: Source, run: Run, one: Connector, *, until: Callable[[], bool]) -> None:
    """Ask how the posts stand whose time is up. Raises LeaseLost, SourceProblem."""
    again = one.manifest().again
    if again is None:
        return
    for _ in range(MOST // AT_ONCE):
        due = CheckedPost.objects.filter(source=source, checked_at__lt=timezone.now() - again)
        ids = list(due.order_by("checked_at").values_list("native_id", flat=True)[:AT_ONCE])
        if not ids or until():
            return
        keep(source)
        _settle(source, run, one, ids, list(one.again(ids)))


def _settle(
    source: Source, run: Run, one: Connector, asked: Sequence[str], found: Sequence[Standing]
) -> None:
    gone = [standing.native_id for standing in found if standing.gone]
    edited = [standing.record for standing in found if standing.record is not None]
    run.gone += apply_gone(source, gone)
    if edited:
        run.updated += take(Page(edited, source.cursor), one, pipeline().ingest, source.key).result.updated
    CheckedPost.objects.filter(source=source, native_id__in=gone).delete()
    CheckedPost.objects.filter(source=source, native_id__in=asked).update(checked_at=timezone.now())
