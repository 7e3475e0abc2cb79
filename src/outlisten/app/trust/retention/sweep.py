"""Removing what is older than promised: once a day in the server, and when asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from outlisten.app.listening.background import Background
from outlisten.app.listening.store import whole
from outlisten.app.people.rules import Act
from outlisten.app.trust.audit import record
from outlisten.app.trust.home_reader import Asker, allowed
from outlisten.app.trust.models import RetentionRule
from outlisten.app.trust.privacy.erasing import finish_what_a_crash_left
from outlisten.app.trust.retention.ages import LOOK, cutoff, today
from outlisten.app.trust.retention.open_cases import posts_of_open_cases
from outlisten.app.trust.retention.scopes import all_held, exceptions, kinds
from outlisten.app.web.live import publish

EVERY = timedelta(days=1)
# One erasure rewrites the months it touches; more posts at once would hold up imports for long.
POSTS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Swept:
    """How many posts one rule removed."""

    rule: RetentionRule
    posts: int


def run(*, by: Asker) -> list[Swept]:
    """Sweep now, whenever the last one was. Raises Refused, StoreError."""
    allowed(by, Act.SET_RETENTION)
    return sweep(by=by)


def sweep(*, by: Asker = None) -> list[Swept]:
    """Remove what each rule in force no longer promises to keep; a rule's posts in bounded lots."""
    rules, now = list(RetentionRule.objects.all()), today()
    if all_held(rules):
        return []
    return [
        Swept(rule, _sweep(rule, rules, now, by)) for rule in rules if rule.on and rule.days and not rule.hold
    ]


def _sweep(rule: RetentionRule, rules: list[RetentionRule], now: datetime, by: Asker) -> int:
    before, removed = cutoff(rule, now), 0
    while before is not None:
        found = whole().aged(
            before, of=kinds(rule), without=exceptions(rule, rules), spare=posts_of_open_cases(), ids=POSTS_AT_ONCE,
            budget=LOOK,
        )  # fmt: skip
        if not found.ids:
            break
        removed += _remove(rule, found.ids, by)
    RetentionRule.objects.filter(pk=rule.pk).update(swept_at=timezone.now())
    return removed


def _remove(rule: RetentionRule, ids: tuple[str, ...], by: Asker) -> int:
    """One lot: out of the store, then written down; a crash in between leaves posts gone that no row tells of."""
    gone = whole().erase(ids=ids).posts
    with transaction.atomic():
        RetentionRule.objects.filter(pk=rule.pk).update(swept_posts=F("swept_posts") + gone)
        record("retention.sweep", by=by, about=f"retention:{rule.pk}", posts=gone, days=rule.days)
    publish("posts", {"removed": gone})
    return gone


def sweep_when_due() -> int:
    """What the server does by itself: a sweep a day, and what a crash left of an erasure. Returns how much."""
    finished = finish_what_a_crash_left()
    due = RetentionRule.objects.filter(on=True, days__isnull=False, hold="")
    last = timezone.now() - EVERY
    if not any(rule.swept_at is None or rule.swept_at < last for rule in due):
        return finished
    return finished + sum(swept.posts for swept in sweep())


background = Background("retention", sweep_when_due)
