"""Rejected rows and preview samples under the rules: they go as many days after their import as posts are kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from outlisten.app.listening.store import pipeline
from outlisten.app.trust.models import RetentionRule
from outlisten.app.trust.privacy.rejected_rows import Copy, remove
from outlisten.app.trust.retention.scopes import Covers, decides_before, kinds, sweeps


def forget_rows(pk: int) -> int:
    """Remove the rows that this rule decides about and that came in longer ago than it keeps posts; how many.

    They count from their import: a row may have been rejected because it had no date.
    """
    rules = list(RetentionRule.objects.all())
    rule = next((rule for rule in rules if rule.pk == pk and sweeps(rule)), None)
    if rule is None or not rule.days:
        return 0
    now, kept = timezone.now(), timedelta(days=min(rule.days, 36_500))

    def due(copy: Copy) -> bool:
        return now - copy.since > kept and _decides(rule, rules, copy.told)

    with pipeline().resting():
        return remove(due)


def _decides(rule: RetentionRule, rules: list[RetentionRule], told: Mapping[str, Any]) -> bool:
    """Whether this rule, and no narrower one or legal hold, is about a row."""
    others = (other for other in rules if other.pk != rule.pk and decides_before(other, rule))
    return _covers(rule, told) and not any(_covers(other, told) for other in others)


def _covers(rule: RetentionRule, told: Mapping[str, Any]) -> bool:
    return rule.covers == Covers.ALL or all(told.get(name) == kind for name, kind in kinds(rule).items())
