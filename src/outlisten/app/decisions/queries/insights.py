"""Insights as their readers may see them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from outlisten.app.decisions.models import Insight
from outlisten.app.listening.rows import Line, line
from outlisten.app.listening.store import posts
from outlisten.app.people.rules import Act, Actor, require

MOST = 100  # a list longer than this is searched, not read


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


def pinned_posts(by: Actor, pinned: Iterable[Insight]) -> dict[str, Line]:
    """The posts of insights, by id: those that are still kept, as far as this reader may see them. Raises Refused."""
    require(by, Act.SEARCH)
    wanted = sorted({one.post_id for one in pinned if one.post_id})
    return {name: line(post, None, room=2000) for name, post in posts().some(wanted).items()}
