"""What the watch keeps of a person: verdicts on their posts."""

from __future__ import annotations

from django.db.models import QuerySet

from outlisten.app.trust.models import JudgedPost
from outlisten.app.trust.persons import Person


def held(person: Person) -> list[dict[str, object]]:
    """Each verdict on a post of theirs, with what people noted."""
    return [
        {
            "kind": "disclosure", "post": judged.post_id, "relation": judged.relation, "outcome": judged.outcome,
            "reason": judged.reason, "state": judged.state, "judged_at": judged.judged_at.isoformat(),
            "note": judged.note,
        }
        for judged in _of(person)
    ]  # fmt: skip


def erase(person: Person) -> int:
    """Remove the verdicts on their posts; how many."""
    found = _of(person)
    count = found.count()
    found.delete()
    return count


def forget_posts(ids: frozenset[str]) -> int:
    """The posts are kept no longer: what people noted goes; the verdict stays for the measure, which counts it."""
    return JudgedPost.objects.filter(post_id__in=ids).exclude(note="").update(note="")


def _of(person: Person) -> QuerySet[JudgedPost]:
    return JudgedPost.objects.filter(post_id__in=person.post_ids)
