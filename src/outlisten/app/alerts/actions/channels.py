"""Channels: kept, tried out, removed; and a message of the log sent once more."""

from __future__ import annotations

from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outlisten.app.alerts.models import Channel, Delivery
from outlisten.app.alerts.sending.channels import made
from outlisten.app.alerts.sending.delivering import LEASE, attempt
from outlisten.app.alerts.sending.worker import wake
from outlisten.app.alerts.writing.kept import as_kept
from outlisten.app.listening.wording import locale
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.sources.entries import Given, free_name, with_kept_secrets
from outlisten.app.sources.secrets import seal
from outlisten.app.trust.audit import record
from outlisten.sinks.manifest import Manifest
from outlisten.sinks.message import Line, Message
from outlisten.sinks.registry import sink
from outlisten.sinks.sink import Reached
from outlisten.sources.options import entered

State = Delivery.State


@transaction.atomic
def keep_channel(
    name: str, given: Given, *, kind: str, of: Channel | None, address: str, by: Actor
) -> Channel:
    """Save a new or changed channel; secrets left blank stay as they were. Raises Refused, NoSink, WrongOption."""
    require(by, Act.MANAGE_ALERTS)
    manifest = sink(kind).manifest()
    whole = _whole(manifest, given, of)
    entered(manifest.options, whole, locale())
    secret = {option.name for option in manifest.secrets}
    channel = of or Channel(sink=kind, made_by=by if isinstance(by, Account) else None)
    channel.options = {key: text for key, text in whole.items() if key not in secret and text}
    channel.sealed = seal({key: text for key, text in whole.items() if key in secret})
    channel.name, channel.address = (
        _free_name(name.strip() or manifest.title.text(locale()), channel),
        address,
    )
    channel.save()
    record(f"channel.{'change' if of else 'add'}", by=by, about=f"channel:{channel.pk}", sink=kind)
    return channel


def reach(given: Given, *, kind: str, of: Channel | None, by: Actor) -> Reached:
    """Who and what these entries reach, without a message. Raises Refused, NoSink, SourceProblem."""
    require(by, Act.MANAGE_ALERTS)
    manifest = sink(kind).manifest()
    whole = _whole(manifest, given, of)
    entered(manifest.options, whole, locale())
    secret = {option.name for option in manifest.secrets}
    one = made(
        kind,
        {k: v for k, v in whole.items() if k not in secret},
        {k: v for k, v in whole.items() if k in secret},
    )
    try:
        return one.check()
    finally:
        one.close()


def send_test(channel: Channel, *, by: Actor) -> Delivery:
    """A message that says where it comes from, sent at once and noted in the log. Raises Refused."""
    require(by, Act.MANAGE_ALERTS)
    now = timezone.now()
    text = _("This is a test from Outlisten. Alerts and digests will arrive here.")
    message = Message(
        key=f"test-{uuid4().hex}", kind="test", title=_("A test from Outlisten"), lines=(Line(text),),
        url=channel.address, locale=locale(), at=now,
    )  # fmt: skip
    delivery = Delivery.objects.create(
        channel=channel, key=message.key, message=as_kept(message), next_at=now,
        holder="test", lease_until=now + LEASE,
    )  # fmt: skip
    attempt(delivery)
    if delivery.state == State.WAITING:  # who tries it out is looking now: they try again themselves
        Delivery.objects.filter(pk=delivery.pk).update(state=State.FAILED, next_at=None)
        delivery.state = State.FAILED
    record("channel.test", by=by, about=f"channel:{channel.pk}")
    return delivery


@transaction.atomic
def send_again(delivery: Delivery, *, by: Actor) -> None:
    """Send a message of the log once more, with the same key. Raises Refused."""
    require(by, Act.MANAGE_ALERTS)
    now = timezone.now()
    settled = Delivery.objects.filter(pk=delivery.pk).exclude(state=State.WAITING)
    if settled.update(state=State.WAITING, next_at=now, began_at=None, tries=0):
        record("channel.replay", by=by, about=f"channel:{delivery.channel_id}")
        transaction.on_commit(wake)


@transaction.atomic
def remove_channel(channel: Channel, *, by: Actor) -> None:
    """Nothing is sent there any more, and its secrets are forgotten; its log stays. Raises Refused."""
    require(by, Act.MANAGE_ALERTS)
    Channel.objects.filter(pk=channel.pk).update(removed=True, sealed="")
    Delivery.objects.filter(channel=channel, state=State.WAITING).update(state=State.FAILED, next_at=None)
    record("channel.remove", by=by, about=f"channel:{channel.pk}")


def _whole(manifest: Manifest, given: Given, of: Channel | None) -> dict[str, str]:
    return with_kept_secrets(manifest.options, given, of.options if of else {}, of.sealed if of else "")


def _free_name(name: str, channel: Channel) -> str:
    others = Channel.objects.filter(removed=False).exclude(pk=channel.pk)
    return free_name(name, set(others.values_list("name", flat=True)))
