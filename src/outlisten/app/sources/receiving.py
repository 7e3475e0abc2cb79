"""What is sent here: who may send how much, and keeping what came before saying so."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outlisten.app.listening.wording import locale
from outlisten.app.sources.models import ReceivedRecord, Source
from outlisten.app.sources.running import wake
from outlisten.app.sources.running.noting import digest
from outlisten.app.sources.setting import connected
from outlisten.sources.collecting import storable
from outlisten.sources.connector import Record
from outlisten.sources.problems import SourceProblem
from outlisten.sources.pushing import Arrived, NotTaken, Push, Pushed
from outlisten.sources.registry import NoConnector

LARGEST = 1024 * 1024  # bytes of a request
MOST_WAITING = 20_000  # rows of a source: the reading is far behind


class TurnedAway(Exception):
    """A request that is not taken; `status` is HTTP's, `wait` the seconds after which to try again."""

    def __init__(self, status: int, sentence: str, wait: int | None = None) -> None:
        super().__init__(sentence)
        self.status, self.wait = status, wait


def receive(pk: int, push: Push) -> Arrived:
    """Keep what a source's sender sent. When this returns its records are durable. Raises TurnedAway."""
    source, one = _sender(pk, push)
    if source.state == Source.State.PAUSED:
        raise TurnedAway(503, _("This source is paused. Send it again later."), 3600)
    _count(source, one.MOST_A_MINUTE)
    try:
        arrived = one.arrived(push)
    except NotTaken as problem:
        raise TurnedAway(problem.status, problem.text(locale())) from problem
    if arrived.records:
        _keep(source, arrived.records)
    return arrived


def _keep(source: Source, records: Sequence[Record]) -> None:
    now = timezone.now()
    stored = [storable(one) for one in records]
    rows = [ReceivedRecord(source=source, at=now, digest=digest(one), record=one) for one in stored]
    with transaction.atomic():
        ReceivedRecord.objects.bulk_create(rows, ignore_conflicts=True)
        Source.objects.filter(pk=source.pk, state=Source.State.ON).update(next_at=now)
        transaction.on_commit(wake)


def _sender(pk: int, push: Push) -> tuple[Source, Pushed]:
    """The source whose sender this is; a source that is not there is told in the same words as a wrong secret."""
    source = Source.objects.filter(pk=pk).exclude(state=Source.State.REMOVED).first()
    try:
        one = connected(source) if source else None
    except (SourceProblem, NoConnector):
        one = None
    if source and isinstance(one, Pushed) and one.lets_in(push):
        return source, one
    if push.method != "POST":
        raise TurnedAway(405, _("Send by POST."))
    raise TurnedAway(
        401, _("The signature or token is missing or wrong, or the request is older than five minutes.")
    )


def _count(source: Source, most: int) -> None:
    """Count a request of this minute."""
    key = f"source-in-{source.pk}-{int(timezone.now().timestamp()) // 60}"
    cache.add(key, 0, 120)
    if cache.incr(key) > most:
        raise TurnedAway(429, _("That is too often. Wait a minute, and send more items in one request."), 60)
    if ReceivedRecord.objects.filter(source=source).count() >= MOST_WAITING:
        raise TurnedAway(429, _("Too much waits to be read already. Send it again in some minutes."), 300)
