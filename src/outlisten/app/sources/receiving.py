"""Items that are sent here: who may send how much, and keeping what came before saying so."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outlisten.app.sources.models import ReceivedRecord, Source
from outlisten.app.sources.running import wake
from outlisten.app.sources.running.noting import digest
from outlisten.app.sources.setting import connected
from outlisten.sources.collecting import storable
from outlisten.sources.problems import SourceProblem
from outlisten.sources.registry import NoConnector
from outlisten.sources.webhook.connector import Webhook

LARGEST = 1024 * 1024  # bytes of a request
MOST_ITEMS = 500  # of a request
MOST_A_MINUTE = 120  # requests of a sender
MOST_WAITING = 20_000  # rows of a source: the reading is far behind
DEEPEST = 32  # objects inside objects


class TurnedAway(Exception):
    """A request that is not taken; `status` is HTTP's, `wait` the seconds after which to try again."""

    def __init__(self, status: int, sentence: str, wait: int | None = None) -> None:
        super().__init__(sentence)
        self.status, self.wait = status, wait


def receive(pk: int, headers: Mapping[str, str], body: bytes) -> int:
    """Keep what a source's sender sent; how many items. When this returns they are durable. Raises TurnedAway."""
    source = _sender(pk, headers, body)
    if source.state == Source.State.PAUSED:
        raise TurnedAway(503, _("This source is paused. Send it again later."), 3600)
    _count(source)
    records = _items(body)
    now = timezone.now()
    rows = [ReceivedRecord(source=source, at=now, digest=digest(one), record=one) for one in records]
    with transaction.atomic():
        ReceivedRecord.objects.bulk_create(rows, ignore_conflicts=True)
        Source.objects.filter(pk=source.pk, state=Source.State.ON).update(next_at=now)
        transaction.on_commit(wake)
    return len(records)


def _sender(pk: int, headers: Mapping[str, str], body: bytes) -> Source:
    """The source whose sender this is; a source that is not there is told in the same words as a wrong secret."""
    source = Source.objects.filter(pk=pk, connector="webhook").exclude(state=Source.State.REMOVED).first()
    try:
        one = connected(source) if source else None
    except (SourceProblem, NoConnector):
        one = None
    if source and isinstance(one, Webhook) and one.lets_in(headers, body, timezone.now()):
        return source
    raise TurnedAway(
        401, _("The signature or token is missing or wrong, or the request is older than five minutes.")
    )


def _count(source: Source) -> None:
    """Count a request of this minute."""
    key = f"source-in-{source.pk}-{int(timezone.now().timestamp()) // 60}"
    cache.add(key, 0, 120)
    if cache.incr(key) > MOST_A_MINUTE:
        raise TurnedAway(429, _("That is too often. Wait a minute, and send more items in one request."), 60)
    if ReceivedRecord.objects.filter(source=source).count() >= MOST_WAITING:
        raise TurnedAway(429, _("Too much waits to be read already. Send it again in some minutes."), 300)


def _items(body: bytes) -> Sequence[Mapping[str, Any]]:
    try:
        said = json.loads(body)
        json.dumps(
            said, allow_nan=False
        )  # Python reads NaN and 1e999, which are no JSON and which PostgreSQL refuses
    except (ValueError, RecursionError) as problem:
        raise TurnedAway(400, _("The body is no JSON.")) from problem
    items = said if isinstance(said, list) else [said]
    if not items or not all(isinstance(one, dict) and one and _is_flat(one) for one in items):
        raise TurnedAway(400, _("Send one item as a JSON object, or a list of such objects."))
    if len(items) > MOST_ITEMS:
        raise TurnedAway(413, _("Send at most %(most)d items in one request.") % {"most": MOST_ITEMS})
    return [storable(one) for one in items]


def _is_flat(value: Any, depth: int = 0) -> bool:
    """Whether objects lie inside each other no deeper than reading them takes."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return depth <= DEEPEST and all(_is_flat(one, depth + 1) for one in inner)
