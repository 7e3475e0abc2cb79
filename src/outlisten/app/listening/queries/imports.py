"""Import runs, for those who may import."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from outlisten.app.listening.models import ImportRun
from outlisten.app.people.rules import Act, Actor, require


def runs(actor: Actor) -> QuerySet[ImportRun]:
    """The runs that were started or still wait for an answer, newest first. Raises Refused."""
    require(actor, Act.IMPORT)
    return ImportRun.objects.select_related("started_by").order_by("-id")


def run(actor: Actor, pk: int) -> ImportRun:
    """One run, or 404. Raises Refused."""
    return get_object_or_404(runs(actor), pk=pk)
