"""The register of voices for its page and its commands, and the re-readings under way."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from outlisten.app.listening.models import Campaign, DeclaredAccount, Rereading
from outlisten.app.people.rules import Act, Actor, require

LATEST = 5


def accounts(actor: Actor) -> QuerySet[DeclaredAccount]:
    """All declared accounts by platform and name. Raises Refused."""
    require(actor, Act.SEARCH)
    return DeclaredAccount.objects.select_related("brand", "declared_by")


def campaigns(actor: Actor) -> QuerySet[Campaign]:
    """All campaigns by name. Raises Refused."""
    require(actor, Act.SEARCH)
    return Campaign.objects.select_related("brand", "declared_by")


def declaration(actor: Actor, kind: str, pk: int) -> DeclaredAccount | Campaign:
    """One declaration to be changed, or 404. Raises Refused."""
    require(actor, Act.DECLARE_VOICES)
    if kind not in ("account", "campaign"):
        raise Http404
    if kind == "account":
        return get_object_or_404(DeclaredAccount, pk=pk)
    return get_object_or_404(Campaign, pk=pk)


def rereadings() -> list[Rereading]:
    """The re-readings that are not done, oldest first, or else the latest one."""
    of_voices = Rereading.objects.filter(kind=Rereading.Kind.VOICES)
    unfinished = list(of_voices.exclude(state=Rereading.State.DONE).order_by("id")[:LATEST])
    return unfinished or list(of_voices.order_by("-id")[:1])
