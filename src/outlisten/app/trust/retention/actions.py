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
from outlisten.app.trust.retention.scopes import decides_before


@transaction.atomic
def draft(rule: RetentionRule, *, by: Asker) -> RetentionRule:
    """Keep a new or changed rule, not yet in force, so that what it would remove can be looked at first.

    Raises Refused, ValidationError: also for a rule in force or on hold, whose posts may not change hands unseen.
    """
    allowed(by, Act.SET_RETENTION)
    if rule.pk is not None and _changeable(rule).on:
        raise ValidationError(
            _("This rule is in force. Switch it off, change it, and look at what it would remove.")
        )
    if rule.covers in (RetentionRule.Covers.ALL, RetentionRule.Covers.MESSAGES):
        rule.name = ""
    elif not rule.name.strip():
        raise ValidationError(_("Say which platform or source the rule is for."))
    rule.name, rule.on, rule.hold = rule.name.strip(), False, ""
    rule.full_clean()
    rule.save()
    record("retention.draft", by=by, about=f"retention:{rule.pk}", days=rule.days)
    return rule


@transaction.atomic
def switch(rule: RetentionRule, on: bool, *, by: Asker) -> None:
    """Put a rule in force, or out of it. The server sweeps by it a day later: until then nothing is lost.

    Raises Refused, and ValidationError while a legal hold stands.
    """
    allowed(by, Act.SET_RETENTION)
    _hand_over(_changeable(rule))
    rule.on, rule.swept_at = on, timezone.now() if on else None
    rule.save(update_fields=["on", "swept_at"])
    record("retention.on" if on else "retention.off", by=by, about=f"retention:{rule.pk}", days=rule.days)


@transaction.atomic
def hold(rule: RetentionRule, reason: str, *, by: Asker) -> None:
    """Keep what the rule covers whatever its age, from now on; a blank reason ends it.

    Ending a hold leaves the rule out of force: what would go is looked at again first. Raises Refused.
    """
    allowed(by, Act.SET_RETENTION)
    kept, reason = _locked(rule), reason.strip()[:240]
    if not kept.hold and not reason:
        return
    if not reason:
        _hand_over(kept)
    rule.hold, rule.on = reason, False
    rule.save(update_fields=["hold", "on"])
    record("retention.hold" if reason else "retention.release", by=by, about=f"retention:{rule.pk}")


@transaction.atomic
def remove(rule: RetentionRule, *, by: Asker) -> None:
    """Delete a rule; its posts follow the next wider rule. Raises Refused, ValidationError while a hold stands."""
    allowed(by, Act.SET_RETENTION)
    kept = _changeable(rule)
    _hand_over(kept)
    kept.delete()
    record("retention.remove", by=by, about=f"retention:{rule.pk}")


def _locked(rule: RetentionRule) -> RetentionRule:
    """The rule as it stands now, nobody changing it meanwhile. Raises ValidationError when it is gone."""
    kept = RetentionRule.objects.select_for_update().filter(pk=rule.pk).first()
    if kept is None:
        raise ValidationError(_("This rule was removed meanwhile."))
    return kept


def _changeable(rule: RetentionRule) -> RetentionRule:
    kept = _locked(rule)
    if kept.hold:
        raise ValidationError(
            _("A legal hold stands on these posts. End the hold first, then change the rule.")
        )
    return kept


def _hand_over(rule: RetentionRule) -> None:
    """Posts that this rule decided about may fall to others now: those wait a day again before they remove any."""
    in_force = RetentionRule.objects.filter(on=True).exclude(pk=rule.pk)
    heirs = [other.pk for other in in_force if decides_before(rule, other)]
    RetentionRule.objects.filter(pk__in=heirs).update(swept_at=timezone.now())
