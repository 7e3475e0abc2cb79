"""What was sent here, taken in page by page like what is asked for; a row goes once its post is durable."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from outlisten.app.sources.models import ReceivedRecord, Source
from outlisten.sources.connector import Page

PAGE = 200


def pages(source: Source) -> Iterator[Page]:
    """The rows that wait, oldest first. Those of a page are deleted when the next one is asked for: by then it is durable."""
    while rows := list(ReceivedRecord.objects.filter(source=source)[:PAGE]):
        yield Page([row.record for row in rows], source.cursor, more=len(rows) == PAGE)
        ReceivedRecord.objects.filter(pk__in=[row.pk for row in rows]).delete()


def ask_again(source: Source) -> None:
    """Ask at once where something was sent while the source was held: its sender's wish to be asked was overwritten."""
    if ReceivedRecord.objects.filter(source=source).exists():
        Source.objects.filter(pk=source.pk, state=Source.State.ON).update(next_at=timezone.now())
