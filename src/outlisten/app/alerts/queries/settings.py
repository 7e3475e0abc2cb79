"""Rules, digests, channels and their log."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from outlisten.app.alerts.models import AlertRule, Channel, Delivery, Digest, DigestIssue
from outlisten.app.people.rules import Act, Actor, may, require

State = Delivery.State


def rules(by: Actor) -> QuerySet[AlertRule]:
    """The rules, by name. Raises Refused."""
    require(by, Act.SEARCH)
    return (
        AlertRule.objects.filter(removed=False)
        .select_related("topic", "department")
        .prefetch_related("channels")
    )


def rule(by: Actor, pk: int) -> AlertRule:
    """One rule for who may change it, or 404. Raises Refused."""
    require(by, Act.MANAGE_ALERTS)
    return get_object_or_404(rules(by), pk=pk)


def digests(by: Actor) -> QuerySet[Digest]:
    """The digests, by name. Raises Refused."""
    require(by, Act.SEARCH)
    return (
        Digest.objects.filter(removed=False)
        .select_related("department")
        .prefetch_related("topics", "channels")
    )


def digest(by: Actor, pk: int) -> Digest:
    """One digest for who may change it, or 404. Raises Refused."""
    require(by, Act.MANAGE_ALERTS)
    return get_object_or_404(digests(by), pk=pk)


def issue(by: Actor, digest: int, pk: int) -> DigestIssue:
    """One issue, or 404. Raises Refused."""
    require(by, Act.SEARCH)
    found = DigestIssue.objects.select_related("digest__department")
    return get_object_or_404(found, digest=digest, pk=pk)


def readable(by: Actor, digest: Digest, sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sections that this person may read: how many customers wait is told to those who may see cases of that department."""
    return [
        part for part in sections if not part.get("needs") or may(by, Act(part["needs"]), digest.department)
    ]


def channels(by: Actor) -> QuerySet[Channel]:
    """The channels with how many messages wait or failed, by name. Raises Refused."""
    require(by, Act.MANAGE_ALERTS)
    return Channel.objects.filter(removed=False).annotate(
        waiting=Count("deliveries", filter=Q(deliveries__state=State.WAITING)),
        failed=Count("deliveries", filter=Q(deliveries__state=State.FAILED)),
        sent=Count("deliveries", filter=Q(deliveries__state=State.SENT)),
    )


def channel(by: Actor, pk: int) -> Channel:
    """One channel for who may change it, or 404. Raises Refused."""
    return get_object_or_404(channels(by), pk=pk)


def log(channel: Channel, most: int = 50) -> list[Delivery]:
    """Its newest messages."""
    return list(channel.deliveries.all()[:most])


def delivery(by: Actor, channel: int, pk: int) -> Delivery:
    """One message of a channel's log, or 404. Raises Refused."""
    require(by, Act.MANAGE_ALERTS)
    there = Delivery.objects.select_related("channel").filter(channel__removed=False)
    return get_object_or_404(there, channel=channel, pk=pk)
