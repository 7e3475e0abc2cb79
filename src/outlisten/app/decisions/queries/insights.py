"""Insights as their readers may see them."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from outlisten.app.decisions.models import Insight
from outlisten.app.listening.queries.post import post as post_for
from outlisten.app.listening.rows import Line, line
from outlisten.app.people.rules import Act, Actor, require

MOST = 100  # a list longer than this is searched, not read; each pinned post is one look-up in the store


def insights(by: Actor, *, search: str = "", archived: bool = False) -> QuerySet[Insight]:
    """Pinned insights, newest first; `search` looks in titles, sentences, notes and queries. Raises Refused."""
    require(by, Act.SEE_DECISIONS)
    found = Insight.objects.filter(archived_at__isnull=not archived).select_related("pinned_by")
    for word in search.split():
        anywhere = Q(title__icontains=word) | Q(sentence__icontains=word) | Q(note__icontains=word)
        found = found.filter(anywhere | Q(query__icontains=word))
    used = Count("decisions", filter=Q(decisions__withdrawn_at=None), distinct=True)
    return found.annotate(used=used).order_by("-pinned_at", "-pk")


def insight(by: Actor, pk: int) -> Insight:
    """One insight, archived ones too, or 404. Raises Refused."""
    require(by, Act.SEE_DECISIONS)
    return get_object_or_404(Insight.objects.select_related("pinned_by"), pk=pk)


def pinned_post(by: Actor, pinned: Insight) -> Line | None:
    """The post of an insight, from the store; None when it is no longer kept or not for this reader."""
    if not pinned.post_id:
        return None
    try:
        return line(post_for(by, pinned.post_id), None, room=2000)
    except Http404:
        return None
