"""What alerts keep of a person: the ids of their posts, and words quoted in messages and digests."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from outlisten.app.alerts.models import Alert, Delivery, DigestIssue
from outlisten.app.trust.persons import Person


def held(person: Person) -> list[dict[str, object]]:
    """Each alert about one of their posts, and each message or issue in which one is quoted."""
    ids = frozenset(person.post_ids)
    alerts = [
        {
            "alert": alert.pk,
            "rule": alert.rule.name,
            "fired_at": alert.fired_at.isoformat(),
            "post": alert.about,
        }
        for alert in Alert.objects.filter(about__in=ids).select_related("rule")
    ]
    messages: list[dict[str, object]] = [
        {
            "message": row.pk,
            "channel": row.channel.name,
            "quoted": [line["text"] for line in _quoting(row, ids)],
        }
        for row in _deliveries(ids)
    ]
    return [*alerts, *messages, *({"digest": issue.pk, "title": issue.title} for issue in _issues(ids))]


def erase(person: Person) -> int:
    """Take their posts out of alerts, and their words out of what was sent and written."""
    return forget_posts(frozenset(person.post_ids))


def forget_posts(ids: frozenset[str]) -> int:
    """The posts are kept no longer: what was quoted of them goes. What left the installation cannot be called back."""
    touched = Alert.objects.filter(about__in=ids).delete()[0]
    for pk, posts in list(Alert.objects.exclude(posts=[]).values_list("pk", "posts")):
        if not ids.isdisjoint(posts):
            touched += Alert.objects.filter(pk=pk).update(posts=[one for one in posts if one not in ids])
    for row in _deliveries(ids):
        quoting = _quoting(row, ids)
        lines = [line for line in row.message["lines"] if line not in quoting]
        touched += Delivery.objects.filter(pk=row.pk).update(
            message={**row.message, "lines": lines},
            answer="",  # a channel may answer with what it was sent
        )
    for issue in _issues(ids):
        sections = [
            {**part, "sentences": [one for one in part["sentences"] if not _names(one["address"], ids)]}
            for part in issue.sections
        ]
        touched += DigestIssue.objects.filter(pk=issue.pk).update(sections=sections)
    return touched


def _deliveries(ids: frozenset[str]) -> list[Delivery]:
    rows = Delivery.objects.filter(Q(message__kind__in=["alert", "digest"])).select_related("channel")
    return [row for row in rows.iterator() if _quoting(row, ids)]


def _quoting(row: Delivery, ids: frozenset[str]) -> list[dict[str, Any]]:
    return [line for line in row.message["lines"] if any(_names(url, ids) for _, url in line["links"])]


def _issues(ids: frozenset[str]) -> list[DigestIssue]:
    def quotes(issue: DigestIssue) -> bool:
        return any(_names(one["address"], ids) for part in issue.sections for one in part["sentences"])

    return [issue for issue in DigestIssue.objects.iterator() if quotes(issue)]


def _names(address: str, ids: frozenset[str]) -> bool:
    """Whether an address is the page of one of these posts."""
    return address.rsplit("/posts/", 1)[-1] in ids if "/posts/" in address else False
