"""Saying how long posts are kept: draft a rule, look at what it would remove, switch it on, hold."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outlisten.app.people.rules import Act
from outlisten.app.trust.audit import record
from outlisten.app.trust.home_reader import Asker, allowed
from outlisten.app.trust.models import RetentionRule


@transaction.atomic
def draft(rule: RetentionRule, *, by: Asker) -> RetentionRule:
    """Keep a new or changed rule, not yet in force, so that what it would remove can be looked at first.

    Raises Refused, ValidationError.
    """
    allowed(by, Act.SET_RETENTION)
    if rule.covers in (RetentionRule.Covers.ALL, RetentionRule.Covers.MESSAGES):
        rule.name = ""
    elif not rule.name.strip():
        raise ValidationError(_("Say which platform or source the rule is for."))
    rule.name, rule.on = rule.name.strip(), False
    rule.full_clean()
    rule.save()
    record("retention.draft", by=by, about=f"retention:{rule.pk}", days=rule.days)
    return rule


@transaction.atomic
def switch(rule: RetentionRule, on: bool, *, by: Asker) -> None:
    """Put a rule in force, or out of it. The server sweeps by it a day later: until then nothing is lost.

    Raises Refused.
    """
    allowed(by, Act.SET_RETENTION)
    rule.on, rule.swept_at = on, timezone.now() if on else None
    rule.save(update_fields=["on", "swept_at"])
    record("retention.on" if on else "retention.off", by=by, about=f"retention:{rule.pk}", days=rule.days)


@transaction.atomic
def hold(rule: RetentionRule, reason: str, *, by: Asker) -> None:
    """Keep what the rule covers whatever its age, from now on; a blank reason ends it.

    Ending a hold leaves the rule out of force: what would go is looked at again first. Raises Refused.
    """
    allowed(by, Act.SET_RETENTION)
    rule.hold = reason.strip()[:240]
    rule.on = bool(rule.hold)
    rule.save(update_fields=["hold", "on"])
    record("retention.hold" if rule.hold else "retention.release", by=by, about=f"retention:{rule.pk}")


@transaction.atomic
def remove(rule: RetentionRule, *, by: Asker) -> None:
    """Delete a rule; its posts follow the next wider rule. Raises Refused."""
    allowed(by, Act.SET_RETENTION)
    pk = rule.pk
    rule.delete()
    record("retention.remove", by=by, about=f"retention:{pk}")
