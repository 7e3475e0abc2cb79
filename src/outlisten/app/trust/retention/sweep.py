"""Removing what is older than promised: once a day in the server, and when asked."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from outlisten.app.listening.background import Background
from outlisten.app.listening.store import whole
from outlisten.app.people.rules import Act
from outlisten.app.trust import persons
from outlisten.app.trust.audit import record
from outlisten.app.trust.home_reader import Asker, allowed
from outlisten.app.trust.models import RetentionRule
from outlisten.app.trust.privacy.erasing import finish_what_a_crash_left
from outlisten.app.trust.retention.ages import LOOK, cutoff, today
from outlisten.app.trust.retention.open_cases import posts_of_open_cases
from outlisten.app.trust.retention.rejected import forget_rows
from outlisten.app.trust.retention.scopes import all_held, exceptions, kinds, sweeps
from outlisten.app.web.live import publish

log = logging.getLogger(__name__)
EVERY = timedelta(days=1)
# One erasure rewrites the months it touches; more posts at once would hold up imports for long.
POSTS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Swept:
    """How many posts one rule removed."""

    rule: RetentionRule
    posts: int


def run(*, by: Asker) -> list[Swept]:
    """Sweep by every rule in force now, whenever the last sweep was. Raises Refused, StoreError."""
    allowed(by, Act.SET_RETENTION)
    return sweep(RetentionRule.objects.all(), by=by)


def sweep_when_due() -> int:
    """What the server does by itself: each rule once a day, and what a crash left of an erasure. Returns how much."""
    finished = finish_what_a_crash_left()
    due = Q(swept_at=None) | Q(swept_at__lt=timezone.now() - EVERY)
    return finished + sum(swept.posts for swept in sweep(RetentionRule.objects.filter(due)))


def sweep(rules: Iterable[RetentionRule], *, by: Asker = None) -> list[Swept]:
    """Remove what those of the rules that are in force no longer promise to keep."""
    if all_held(RetentionRule.objects.all()):
        return []
    return [Swept(rule, _sweep(rule, by)) for rule in rules if sweeps(rule)]


def _sweep(rule: RetentionRule, by: Asker) -> int:
    """Lot after lot, each by the rules as they stand then: a hold that is put meanwhile counts at once."""
    removed = 0
    while ids := _due(rule.pk):
        gone = _remove(rule, ids, by)
        removed += gone
        if not gone:  # the store finds what it cannot remove; the next sweep tries again
            log.warning("Retention rule %d: %d posts that are due were not removed.", rule.pk, len(ids))
            break
    forget_rows(rule.pk)
    RetentionRule.objects.filter(pk=rule.pk).update(swept_at=timezone.now())
    return removed


def _due(pk: int) -> tuple[str, ...]:
    """The next lot of posts that a rule no longer keeps."""
    rules = list(RetentionRule.objects.all())
    rule = next((rule for rule in rules if rule.pk == pk and sweeps(rule)), None)
    before = cutoff(rule, today()) if rule else None
    if rule is None or before is None or all_held(rules):
        return ()
    return whole().aged(
        before, of=kinds(rule), without=exceptions(rule, rules), spare=posts_of_open_cases(), ids=POSTS_AT_ONCE,
        budget=LOOK,
    ).ids  # fmt: skip


def _remove(rule: RetentionRule, ids: tuple[str, ...], by: Asker) -> int:
    """One lot: out of the rooms, out of the store, then written down.

    A crash in between leaves posts gone that no row tells of, or posts that only the rooms have forgotten: those go
    with the next sweep.
    """
    with transaction.atomic():
        persons.forget_posts(frozenset(ids))
    gone = whole().erase(ids=ids).posts
    with transaction.atomic():
        RetentionRule.objects.filter(pk=rule.pk).update(swept_posts=F("swept_posts") + gone)
        record("retention.sweep", by=by, about=f"retention:{rule.pk}", posts=gone, days=rule.days)
    publish("posts", {"removed": gone})
    return gone


background = Background("retention", sweep_when_due)
