"""What is gone at its network goes here too: out of the rooms, out of the store, with a line that says so."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from outlisten.app.listening.store import whole
from outlisten.app.sources.models import GonePost, Source
from outlisten.app.trust import persons
from outlisten.app.trust.audit import record
from outlisten.app.web.live import publish
from outlisten.posts.identity import post_id
from outlisten.sources.registry import connector


def apply_gone(source: Source, native_ids: Sequence[str]) -> int:
    """Remove the posts with these ids of the source's network that are kept; returns how many were.

    A crash in between leaves a post in the store that the rooms have forgotten: the page comes again, as its cursor was
    not kept, and with it the removal.
    """
    platform = connector(source.connector).manifest().platform
    ids = {post_id(platform, one, author=None, created_at=None, text=""): one for one in native_ids}
    kept = whole().known(list(ids)) if ids else {}
    if not kept:
        return 0
    with transaction.atomic():
        persons.forget_posts(frozenset(kept))
    whole().erase(ids=list(kept))
    with transaction.atomic():
        for identifier in kept:
            GonePost.objects.get_or_create(post=identifier, defaults={"source": source, "at": timezone.now()})
        record("source.gone", by=None, about=f"source:{source.pk}", posts=len(kept))
    publish("posts", {"removed": len(kept)})
    return len(kept)
