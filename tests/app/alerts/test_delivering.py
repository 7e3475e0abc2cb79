"""Deliveries: signed, tried again until they arrive, given up with a reason, and sent once more when asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.app.alerts.conftest import SECRET, Receiver

from outlisten.app.alerts.actions.channels import remove_channel, send_again, send_test
from outlisten.app.alerts.models import Channel, Delivery
from outlisten.app.alerts.sending.delivering import LEASE, deliver_due
from outlisten.app.alerts.writing.kept import as_kept
from outlisten.sinks.message import Line, Message
from outlisten.sources.webhook.proofs import SIGNATURE, TIMESTAMP, signature

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture
def waiting(channel: Channel, now: datetime) -> Callable[..., Delivery]:
    """Makes a message on its way."""

    def make(key: str = "alert-1", **fields: object) -> Delivery:
        message = Message(key, "alert", "排队投诉增多", (Line("等位的人比平时多。"),), "", "zh-hans", now)
        return Delivery.objects.create(
            channel=channel, key=key, message=as_kept(message), **{"next_at": now, **fields}
        )

    return make


def again_now() -> None:
    Delivery.objects.filter(state=State.WAITING).update(next_at=timezone.now())


def test_a_message_arrives_signed_and_once(waiting: Callable[..., Delivery], receiver: Receiver):
    waiting()
    assert [deliver_due(), deliver_due()] == [1, 0]
    ((headers, body),) = receiver.got
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    assert body["title"] == "排队投诉增多"
    assert headers["Idempotency-Key"] == "alert-1"
    assert len(headers[SIGNATURE]) == len(signature(SECRET, int(headers[TIMESTAMP]), content))
    assert Delivery.objects.get().state == State.SENT


def test_a_receiver_that_is_away_is_tried_again_with_the_same_key(
    waiting: Callable[..., Delivery], receiver: Receiver
):
    waiting()
    receiver.statuses = [503, 500]
    for _ in range(3):
        deliver_due()
        again_now()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries) == (State.SENT, 3)
    assert [headers["Idempotency-Key"] for headers, _ in receiver.got] == ["alert-1"]


def test_a_failed_try_waits_and_says_why_in_both_languages(
    waiting: Callable[..., Delivery], receiver: Receiver, now: datetime
):
    waiting()
    receiver.statuses = [503]
    deliver_due()
    delivery = Delivery.objects.get()
    assert delivery.state == State.WAITING
    assert delivery.next_at is not None
    assert delivery.next_at > now + timedelta(seconds=10)
    assert delivery.problem_said["en"] != delivery.problem_said["zh-hans"]
    assert deliver_due() == 0


def test_a_refused_message_is_given_up_and_can_be_sent_once_more(
    waiting: Callable[..., Delivery], receiver: Receiver, account: Callable[..., object]
):
    waiting()
    receiver.statuses = [400]
    deliver_due()
    delivery = Delivery.objects.get()
    assert delivery.state == State.FAILED
    send_again(delivery, by=account("analyst"))
    deliver_due()
    assert Delivery.objects.get().state == State.SENT


def test_a_day_of_failures_gives_up(waiting: Callable[..., Delivery], receiver: Receiver, now: datetime):
    waiting(began_at=now - timedelta(hours=25), tries=9)
    receiver.statuses = [503]
    deliver_due()
    assert Delivery.objects.get().state == State.FAILED


def test_a_message_whose_worker_died_is_tried_again_after_its_lease(
    waiting: Callable[..., Delivery], receiver: Receiver, now: datetime
):
    waiting(holder="dead", lease_until=now + LEASE)
    assert deliver_due() == 0
    Delivery.objects.update(lease_until=now - timedelta(seconds=1))
    assert deliver_due() == 1
    assert len(receiver.got) == 1


def test_secrets_stand_in_no_row_of_the_log(waiting: Callable[..., Delivery], receiver: Receiver):
    waiting()
    receiver.statuses = [401]
    deliver_due()
    row = Delivery.objects.values().get()
    assert SECRET not in str(row)


@pytest.mark.parametrize(
    ("fields", "said"), [({"sink": "gone"}, "not installed"), ({"sealed": "broken"}, "another key")]
)
def test_a_channel_that_cannot_send_is_told_as_such(
    waiting: Callable[..., Delivery], channel: Channel, fields: dict[str, str], said: str
):
    Channel.objects.update(**fields)
    waiting()
    deliver_due()
    delivery = Delivery.objects.get()
    assert delivery.state == State.FAILED
    assert said in delivery.problem_said["en"]


def test_a_test_message_is_sent_at_once_and_not_tried_again(
    channel: Channel, receiver: Receiver, account: Callable[..., object]
):
    assert send_test(channel, by=account("analyst")).state == State.SENT
    receiver.statuses = [503]
    assert send_test(channel, by=account("lead")).state == State.FAILED
    assert len(receiver.got) == 1


def test_nothing_is_sent_to_a_removed_channel_and_its_secrets_are_gone(
    waiting: Callable[..., Delivery], channel: Channel, receiver: Receiver, account: Callable[..., object]
):
    waiting()
    remove_channel(channel, by=account("analyst"))
    assert deliver_due() == 0
    assert Channel.objects.get().sealed == ""
    assert receiver.got == []
