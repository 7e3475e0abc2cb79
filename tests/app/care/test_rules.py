"""Rules are tried on the posts we hold before they are switched on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from outlisten.app.care.actions.rules import apply_rule, keep_rule, remove_rule, switch
from outlisten.app.care.models import Case, Rule
from outlisten.app.care.queries.rules import last_month, offers, rules, tried
from outlisten.app.people.rules import Refused
from outlisten.query import parse

NOW = datetime.now(UTC).replace(microsecond=0)
pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(arrive: Any) -> Any:
    """Posts that were kept before there was any rule."""
    return arrive(
        {"native_id": "1", "text": "退款什么时候到", "author_handle": "mei", "thread": "1"},
        {"native_id": "2", "text": "退款还没到", "author_handle": "mei", "thread": "1"},
        {"native_id": "3", "text": "refund please", "author_handle": "bo"},
        {"native_id": "4", "text": "an old refund", "created_at": NOW - timedelta(days=90)},
        {"native_id": "5", "text": "lovely tea"},
    )


def test_a_trial_says_how_many_cases_it_would_have_opened(kept: Any, rule: Any, account: Any) -> None:
    made, owner = rule("support", "refund OR 退款", on=False), account("owner")
    trial = tried(owner, made, last_month())
    assert (trial.cases, trial.in_cases, len(trial.lines)) == (2, 0, 3)
    assert tried(owner, made, None).cases == 3
    assert not Case.objects.exists()
    assert "退款" in trial.meaning


def test_a_rule_applied_to_kept_posts_opens_what_the_trial_said_and_no_more(
    kept: Any, rule: Any, account: Any
) -> None:
    made, owner = rule("support", "refund OR 退款", on=False), account("owner")
    assert apply_rule(made.pk, last_month(), by=owner) == 2
    assert apply_rule(made.pk, last_month(), by=owner) == 0
    assert tried(owner, made, last_month()).cases == 0
    case = Case.objects.get(customer_name="@mei")
    assert (case.posts.count(), case.clock_from, case.opened_by) == (2, "opening", owner)


def test_a_rule_for_posts_to_us_finds_nothing_while_no_brand_is_ours(
    kept: Any, department: Any, account: Any
) -> None:
    made = Rule.objects.create(department=department("support"), name="r", query="refund")
    trial = tried(account("owner"), made, None)
    assert (trial.cases, "brand" in trial.problem) == (0, True)


def test_a_rule_that_cannot_be_understood_is_refused(department: Any, account: Any) -> None:
    with pytest.raises(ValidationError):
        keep_rule(Rule(department=department("support"), name="r", query="(refund"), by=account("owner"))


def test_a_rule_for_everything_anybody_writes_is_refused(department: Any, account: Any) -> None:
    wide = Rule(department=department("support"), name="r", query="sentiment:negative", addressed=False)
    with pytest.raises(ValidationError):
        keep_rule(wide, by=account("owner"))


def test_a_lead_keeps_rules_of_the_own_department(rule: Any, department: Any, member: Any) -> None:
    theirs, lead = rule("hr", "interview"), member("lead", "support")
    assert not rules(lead).exists()
    for attempt in (lambda: switch(theirs.pk, on=False, by=lead), lambda: remove_rule(theirs.pk, by=lead)):
        with pytest.raises(Http404):
            attempt()
    with pytest.raises(Refused):
        keep_rule(Rule(department=department("hr"), name="r", query="tea"), by=lead)
    assert (
        keep_rule(Rule(department=department("support"), name="r", query="tea"), by=lead).written_by == lead
    )


def test_nobody_moves_a_rule_out_of_a_department_they_do_not_manage(
    rule: Any, department: Any, member: Any
) -> None:
    theirs = rule("hr", "interview")
    theirs.department = department("support")
    with pytest.raises(Http404):
        keep_rule(theirs, by=member("lead", "support"))


def test_offers_are_for_departments_one_manages_until_they_are_taken_up(member: Any, account: Any) -> None:
    lead = member("lead", "legal")
    [offer] = offers(lead)
    assert (offer.department.key, offer.pk, offer.on) == ("legal", None, False)
    keep_rule(offer, by=lead)
    assert offers(lead) == []


def test_every_offer_can_be_understood_and_saved(account: Any) -> None:
    owner = account("owner")
    offered = offers(owner)
    assert len({offer.department.key for offer in offered}) == 6
    for offer in offered:
        assert parse(offer.query).valid, offer.name
        keep_rule(offer, by=owner)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("I will sue, my lawyer knows", "legal"),
        ("你们再不退我就打12315", "legal"),
        ("close my account now", "sales"),
        ("面试之后再没消息", "hr"),
        ("建议你们增加夜间模式", "product"),
        ("请问怎么办，订单打不开", "support"),
        ("How do I return a cup?", "support"),
        ("a reporter asks for a comment", "pr"),
    ],
)
def test_offers_lead_posts_to_the_department_they_need(
    arrive: Any, own_brand: Any, account: Any, text: str, key: str
) -> None:
    owner = account("owner")
    for offer in offers(owner):
        offer.on = True
        keep_rule(offer, by=owner)
    arrive({"text": text})
    assert Case.objects.get().department.key == key


def test_a_trial_does_not_tell_that_another_department_has_a_case(kept: Any, rule: Any, member: Any) -> None:
    """A lead of Support reads the same figures whether Human resources looks after the customer or nobody does."""
    lead, made = member("lead", "support"), rule("support", "refund OR 退款", on=False)
    before = tried(lead, made, None)
    apply_rule(rule("hr", "退款", on=False).pk, None, by=member("admin"))
    after = tried(lead, made, None)
    assert (after.cases, after.in_cases, len(after.lines)) == (before.cases, 0, len(before.lines))
    assert apply_rule(made.pk, None, by=lead) == 2
    assert tried(lead, made, None).in_cases == 2
