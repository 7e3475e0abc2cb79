"""Keeping rules, switching them on, and opening cases from posts kept earlier."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from outlisten.app.care.actions.step import person
from outlisten.app.care.intake import receive_all
from outlisten.app.care.matching import check_query
from outlisten.app.care.models import Rule
from outlisten.app.care.queries.rules import rule_for, to_open
from outlisten.app.listening.store import posts
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import record
from outlisten.app.web.live import publish


@transaction.atomic
def keep_rule(rule: Rule, *, by: Actor) -> Rule:
    """Keep a new or changed rule. Raises Refused, ValidationError."""
    require(by, Act.MANAGE_CARE, rule.department_id)
    if rule.pk is not None:  # nobody moves a rule out of a department they do not manage
        require(by, Act.MANAGE_CARE, rule_for(by, rule.pk).department_id)
    check_query(rule)
    fresh = rule.pk is None
    if fresh:
        rule.written_by = person(by)
    rule.full_clean()
    rule.save()
    record("rule.add" if fresh else "rule.change", by=by, about=f"rule:{rule.pk}", on=rule.on)
    return rule


@transaction.atomic
def remove_rule(pk: int, *, by: Actor) -> None:
    """Delete a rule; the cases it opened stay. Raises Refused, 404."""
    rule = rule_for(by, pk)
    record("rule.remove", by=by, about=f"rule:{pk}")
    rule.delete()


@transaction.atomic
def switch(pk: int, *, on: bool, by: Actor) -> Rule:
    """Let a rule open cases from posts that arrive, or stop it. Raises Refused, 404."""
    rule = rule_for(by, pk)
    rule.on = on
    rule.save(update_fields=["on"])
    record("rule.switch", by=by, about=f"rule:{pk}", on=on)
    return rule


def apply_rule(pk: int, since: date | None, *, by: Actor) -> int:
    """Open cases from posts kept since a day (None: all), at most `queries.rules.MOST`; returns how many.

    The clock of these cases starts now: nobody could have answered in time. Raises Refused, 404.
    """
    rule = rule_for(by, pk)
    wanted = to_open(rule, since)
    kept = (posts().get(identifier) for identifier in wanted)
    opened = receive_all(
        (post for post in kept if post is not None), dict.fromkeys(wanted, rule), by=person(by)
    )
    record(
        "rule.apply", by=by, about=f"rule:{pk}", opened=opened, since=since.isoformat() if since else "all"
    )
    if opened:
        publish("care", {})
    return opened
