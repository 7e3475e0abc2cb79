"""Which posts a rule is about, once the narrower rules and the legal holds have taken theirs out."""

from __future__ import annotations

from collections.abc import Iterable

from outlisten.app.trust.models import RetentionRule
from outlisten.posts.store import Kinds

Covers = RetentionRule.Covers
# The narrowest first: a post is kept as long as the first of these that covers it says.
NARROWEST = (Covers.MESSAGES, Covers.SOURCE, Covers.PLATFORM, Covers.ALL)


def kinds(rule: RetentionRule) -> Kinds:
    """The posts a rule names, as the store asks for them."""
    match rule.covers:
        case Covers.MESSAGES:
            return {"type": "message"}
        case Covers.SOURCE:
            return {"source": rule.name}
        case Covers.PLATFORM:
            return {"platform": rule.name}
        case _:
            return {}


def exceptions(rule: RetentionRule, rules: Iterable[RetentionRule]) -> list[Kinds]:
    """The posts among them that another rule decides about: a narrower one in force, or a legal hold."""
    return [kinds(other) for other in rules if other.pk != rule.pk and decides_before(other, rule)]


def decides_before(one: RetentionRule, other: RetentionRule) -> bool:
    """Whether `one` decides about the posts that both cover; a legal hold does, in force or not."""
    narrower = NARROWEST.index(Covers(one.covers)) < NARROWEST.index(Covers(other.covers))
    return bool(one.hold) or (one.on and narrower)


def all_held(rules: Iterable[RetentionRule]) -> bool:
    """Whether a hold covers everything, so that nothing may go."""
    return any(rule.hold and rule.covers == Covers.ALL for rule in rules)


def sweeps(rule: RetentionRule) -> bool:
    """Whether the rule removes posts: it is in force, has a limit, and no hold stands on it."""
    return bool(rule.on and rule.days and not rule.hold)
