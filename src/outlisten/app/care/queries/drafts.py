"""Drafts of answers: one's own, and those of others for whom answers the case they are for."""

from __future__ import annotations

from django.db.models import Q

from outlisten.app.care.models import CasePost, Draft
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, departments_for


def drafts_for(reader: Account, post: str) -> tuple[Draft | None, list[Draft]]:
    """One's own draft for a post, and those of others.

    Those of others are for who may answer the post's case: before it has one, for who answers everywhere. A draft may
    tell what another department's case is about, and that there is one.
    """
    seen = Q(by=reader)
    mine = departments_for(reader, Act.ANSWER)
    if mine is None or CasePost.objects.filter(post=post, case__department__in=mine).exists():
        seen = Q()
    found = list(Draft.objects.filter(seen, post=post).select_related("by"))
    own = next((one for one in found if one.by_id == reader.pk), None)
    return own, [one for one in found if one.by_id != reader.pk]
