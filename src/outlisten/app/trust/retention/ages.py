"""How old what we hold is, set against what the rules promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from outlisten.app.listening.clock import as_of
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.store import whole
from outlisten.app.people.rules import Act
from outlisten.app.trust.home_reader import Asker, allowed
from outlisten.app.trust.models import RetentionRule
from outlisten.app.trust.retention.open_cases import posts_of_open_cases
from outlisten.app.trust.retention.scopes import all_held, exceptions, kinds
from outlisten.posts.store import Budget

LOOK = Budget(seconds=20.0)


@dataclass(frozen=True, slots=True)
class Age:
    """What a rule covers: how many posts, the oldest, how many are older than it says, and the day before which."""

    rule: RetentionRule
    posts: int
    oldest: datetime | None
    overdue: int
    overdue_oldest: datetime | None
    before: datetime | None  # none: kept without limit

    @property
    def holds(self) -> bool:
        """Whether a legal hold, its own or one over everything, keeps these posts."""
        return bool(self.rule.hold)


def ages(*, by: Asker) -> list[Age]:
    """The age of what each rule covers, in the order of the rules. Raises Refused."""
    allowed(by, Act.SET_RETENTION)
    return measured_ages()


def measured_ages() -> list[Age]:
    """The same for whoever may read the measures."""
    rules, now = list(RetentionRule.objects.all()), today()
    return [age(rule, rules, now) for rule in rules]


def age(rule: RetentionRule, rules: list[RetentionRule], now: datetime) -> Age:
    """What one rule covers, as it stands or as it would once switched on."""
    store, of, without = whole(), kinds(rule), exceptions(rule, rules)
    covered = store.aged(now + timedelta(days=36_500), of=of, without=without, budget=LOOK)
    before = cutoff(rule, now)
    if before is None or rule.hold or all_held(rules):
        return Age(rule, covered.posts, covered.oldest, 0, None, before)
    late = store.aged(before, of=of, without=without, spare=posts_of_open_cases(), budget=LOOK)
    return Age(rule, covered.posts, covered.oldest, late.posts, late.oldest, before)


def cutoff(rule: RetentionRule, now: datetime) -> datetime | None:
    """Posts written before this are older than the rule says; None where it keeps them without limit."""
    if rule.days is None:
        return None
    try:
        return now - timedelta(days=rule.days)
    except OverflowError:  # longer than there has been a calendar
        return None


def today() -> datetime:
    """The moment that ages count from: the clock's, or in an archive or sample the newest post's."""
    return as_of(workspace(), whole()).moment


def archive_day() -> datetime | None:
    """The day of the newest post, where ages count from it; None where they count from the clock."""
    found = as_of(workspace(), whole())
    return found.moment if found.newest else None
