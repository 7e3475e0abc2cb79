"""Delivering: a message is tried until its channel took it, or until trying further is no use.

A worker holds a message by a lease while it tries. When a worker dies after the channel took it and before that was noted, the
message is tried again with the same key; each channel's manifest says whether it then arrives once.
"""

from __future__ import annotations

import logging
import os
import random
import secrets
from datetime import datetime, timedelta
from functools import partial
from threading import Event

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from outlisten.app.alerts.models import Channel, Delivery
from outlisten.app.alerts.sending.channels import SAID, Unusable, opened_sink
from outlisten.app.alerts.writing.kept import as_message
from outlisten.app.web.live import publish
from outlisten.sinks.message import web_address
from outlisten.sinks.retrying import next_try
from outlisten.sinks.sink import Delivered
from outlisten.sources.problems import SourceProblem
from outlisten.words import LOCALES

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=3)  # longer than the slowest channel may take to answer
AT_ONCE = 50
State = Delivery.State
# What an attempt changes; the message is not among it.
OUTCOME = (
    "state", "next_at", "holder", "lease_until", "tries", "began_at", "problem_said", "sent_at", "native_id", "url",
    "status", "answer",
)  # fmt: skip


def deliver_due(ending: Event | None = None) -> int:
    """Try every message that is due; returns how many were tried."""
    tried, holder = 0, f"{os.getpid()}-{secrets.token_hex(4)}"
    while not (ending and ending.is_set()) and (delivery := _claim(holder)):
        attempt(delivery)
        tried += 1
    return tried


def attempt(delivery: Delivery) -> bool:
    """Try one held message once; whether it arrived."""
    now = timezone.now()
    delivery.began_at = delivery.began_at or now
    delivery.tries += 1
    try:
        delivered = _send(delivery)
    except Unusable as problem:
        _failed(delivery, {locale: problem.text(locale) for locale in LOCALES}, None)
    except SourceProblem as problem:
        when = next_try(
            problem,
            failed=delivery.tries,
            began=delivery.began_at,
            now=now,
            lot=random.random(),  # noqa: S311
        )
        _failed(delivery, {locale: problem.text(locale) for locale in LOCALES}, when)
    except Exception:  # one message must not hold up the others; it may have arrived, so a person looks first
        log.exception("A message for channel %d stopped unexpectedly.", delivery.channel_id)
        _failed(delivery, SAID["unexpected"], None)
    else:
        _arrived(delivery, delivered)
    transaction.on_commit(partial(publish, "delivery", {"channel": delivery.channel_id}))
    return delivery.state == State.SENT


def _send(delivery: Delivery) -> Delivered:
    if delivery.channel.removed:  # while the message was made
        raise Unusable("removed")
    one = opened_sink(delivery.channel)
    try:
        return one.deliver(as_message(delivery.key, delivery.message))
    finally:
        one.close()


def _claim(holder: str) -> Delivery | None:
    now = timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    due = free & Q(state=State.WAITING, next_at__lte=now)
    waiting = Delivery.objects.filter(due).order_by(F("next_at").asc(), "id")
    for pk in waiting.values_list("pk", flat=True)[:AT_ONCE]:
        if Delivery.objects.filter(due, pk=pk).update(holder=holder, lease_until=now + LEASE):
            return Delivery.objects.select_related("channel").get(pk=pk)
    return None


def _arrived(delivery: Delivery, delivered: Delivered) -> None:
    delivery.native_id, delivery.url = delivered.native_id[:500], web_address(delivered.url)[:2000]
    delivery.status, delivery.answer = delivered.status, delivered.answer[:300]
    delivery.problem_said, delivery.sent_at = {}, timezone.now()
    _settle(delivery, State.SENT, None)


def _failed(delivery: Delivery, said: dict[str, str], again: datetime | None) -> None:
    delivery.problem_said = said
    log.warning("A message for channel %d did not arrive: %s", delivery.channel_id, said["en"])
    _settle(delivery, State.WAITING if again else State.FAILED, again)


def _settle(delivery: Delivery, state: str, next_at: datetime | None) -> None:
    """Write down what became of it, unless another worker holds it by now; the message itself may have been erased meanwhile."""
    mine = Delivery.objects.filter(pk=delivery.pk, holder=delivery.holder)
    delivery.state, delivery.next_at = state, next_at
    delivery.holder, delivery.lease_until = "", None
    values = {name: getattr(delivery, name) for name in OUTCOME}
    if Channel.objects.filter(pk=delivery.channel_id, removed=True).exists() and state == State.WAITING:
        values |= {"state": State.FAILED, "next_at": None}
    mine.update(**values)


def waiting_for(channel: Channel) -> int:
    """How many of its messages are on their way."""
    return Delivery.objects.filter(channel=channel, state=State.WAITING).count()
