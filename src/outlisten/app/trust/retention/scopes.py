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
    """The posts among them that another rule in force decides about: a narrower one, or a legal hold."""
    others = [other for other in rules if other.on and other.pk != rule.pk]
    return [kinds(other) for other in others if _narrower(other, rule) or other.hold]


def all_held(rules: Iterable[RetentionRule]) -> bool:
    """Whether a hold covers everything, so that nothing may go."""
    return any(rule.on and rule.hold and rule.covers == Covers.ALL for rule in rules)


def _narrower(one: RetentionRule, other: RetentionRule) -> bool:
    return NARROWEST.index(Covers(one.covers)) < NARROWEST.index(Covers(other.covers))
