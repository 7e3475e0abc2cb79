"""Who has a case open on the screen right now."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from outlisten.app.care.actions.step import person
from outlisten.app.care.models import Presence
from outlisten.app.care.queries.door import case_for
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Actor

GONE_AFTER = timedelta(seconds=60)


def be_here(pk: int, *, by: Actor) -> list[Account]:
    """Say that one has the case open; returns the colleagues who do too. Raises Refused, NoSuchCase."""
    case = case_for(by, pk)
    now = timezone.now()
    Presence.objects.update_or_create(case=case, account=person(by), defaults={"seen_at": now})
    Presence.objects.filter(seen_at__lt=now - GONE_AFTER * 60).delete()
    return others_here(case.pk, by=by)


def others_here(pk: int, *, by: Actor) -> list[Account]:
    """The colleagues who have the case open."""
    near = Presence.objects.filter(case=pk, seen_at__gte=timezone.now() - GONE_AFTER).exclude(
        account=person(by)
    )
    return [presence.account for presence in near.select_related("account").order_by("account__name")]
