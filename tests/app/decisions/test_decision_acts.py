from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from outlisten.app.decisions.actions import decisions as actions
from outlisten.app.decisions.actions import insights as pins
from outlisten.app.decisions.actions.reviews import review
from outlisten.app.decisions.models import Decision, DecisionChange, Outcome
from outlisten.app.people.models import Department
from outlisten.app.people.rules import Refused
from outlisten.app.trust.models import AuditRow


def test_a_decision_without_insights_must_say_so(account, decision, insight):
    with pytest.raises(ValidationError, match="say that none"):
        actions.add(Decision(text="x"), [], by=account("lead"))
    with pytest.raises(ValidationError, match="Either"):
        actions.add(Decision(text="x"), [insight()], from_none=True, by=account("analyst"))
    assert decision(insights=[]).insights.count() == 0


def test_nothing_new_is_built_on_an_archived_insight(account, insight):
    pinned, analyst = insight(), account("analyst")
    pins.archive(pinned, by=analyst)
    with pytest.raises(ValidationError, match="archived"):
        actions.add(Decision(text="x"), [pinned], by=analyst)


@pytest.mark.parametrize("role", ["viewer", "responder", "agency"])
def test_who_may_not_decide_changes_nothing(account, decision, role):
    made = decision()
    for act in (actions.withdraw, actions.restore):
        with pytest.raises(Refused):
            act(made, by=account(role, email=f"{act.__name__}@example.org"))
    made.refresh_from_db()
    assert not made.withdrawn


def test_every_change_is_kept_with_what_was_before(account, decision):
    made, lead = decision("减少等位", level="tactical"), account("lead")
    seen = actions.newest_change(made)
    made.level, made.expected = "strategic", "少等一刻钟"
    actions.change(made, list(made.insights.all()), seen=seen.pk, by=lead)
    change = made.changes.first()
    assert (change.act, change.by, change.before["level"], change.after["level"]) == (
        "change", lead, "tactical", "strategic"
    )  # fmt: skip
    assert set(change.after) == {"level", "expected"}
    row = AuditRow.objects.first()
    assert (row.act, row.about, row.details["fields"]) == (
        "decision.change",
        f"decision:{made.pk}",
        "level expected",
    )
    assert "少等一刻钟" not in str(row.details)


def test_saving_what_stands_already_is_no_change(account, decision):
    made = decision()
    seen = actions.newest_change(made).pk
    assert actions.change(made, list(made.insights.all()), seen=seen, by=account("lead")) is None
    assert made.changes.count() == 1


def test_two_people_do_not_overwrite_each_other(account, decision):
    made = decision()
    seen = actions.newest_change(made).pk
    mine, theirs = Decision.objects.get(pk=made.pk), Decision.objects.get(pk=made.pk)
    theirs.why = "They asked for it"
    actions.change(theirs, list(made.insights.all()), seen=seen, by=account("lead"))
    mine.why = "我的理由"
    with pytest.raises(ValidationError, match="An lead changed this decision"):
        actions.change(mine, list(made.insights.all()), seen=seen, by=account("analyst"))
    made.refresh_from_db()
    assert made.why == "They asked for it"


def test_only_an_outcome_makes_a_decision_reviewed(account, decision):
    made, lead = decision(), account("lead")
    with pytest.raises(ValidationError, match="what came of it"):
        actions.move(made, "reviewed", by=lead)
    review(Outcome(decision=made, verdict="better", text="Queues halved"), by=lead)
    made.refresh_from_db()
    assert made.state == "reviewed"
    actions.move(made, "in_progress", by=lead)
    assert actions.move(made, "reviewed", by=lead).act == "move"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"value": 3, "low": 1}, "both ends"),
        ({"low": 1, "high": 2}, "inside its interval"),
        ({"value": float("nan")}, "Enter a number"),
        ({"value": 1, "low": 0, "high": float("inf")}, "Enter a number"),
        ({"value": 5, "low": 1, "high": 2}, "inside its interval"),
        ({"value": 5, "text": ""}, "blank"),
    ],
)
def test_an_outcome_that_makes_no_sense_is_not_kept(account, decision, given, problem):
    made = decision()
    with pytest.raises(ValidationError, match=problem):
        review(
            Outcome(**{"decision": made, "verdict": "better", "text": "等位变短", **given}),
            by=account("lead"),
        )
    made.refresh_from_db()
    assert made.state == "decided"
    assert not Outcome.objects.exists()


def test_a_withdrawn_decision_cannot_be_reviewed(account, decision):
    made, lead = decision(), account("lead")
    actions.withdraw(made, by=lead)
    with pytest.raises(ValidationError, match="bring it back"):
        review(Outcome(decision=made, verdict="better", text="x"), by=lead)


@pytest.mark.parametrize("what", ["move", "withdraw", "review", "change"])
def test_the_newest_change_can_be_taken_back(account, decision, what):
    made, lead = decision(), account("lead")
    before = Decision.objects.values().get(pk=made.pk)
    if what == "move":
        actions.move(made, "dropped", by=lead)
    elif what == "withdraw":
        actions.withdraw(made, by=lead)
    elif what == "review":
        review(Outcome(decision=made, verdict="worse", text="没有变化"), by=lead)
    else:
        made.text = "Another"
        actions.change(made, [], from_none=True, seen=made.changes.first().pk, by=lead)
    actions.undo(made.changes.first(), by=lead)
    assert Decision.objects.values().get(pk=made.pk) == before
    assert made.insights.count() == 1
    assert not Outcome.objects.filter(withdrawn_at=None).exists()
    assert made.changes.first().act == "undo"


def test_taking_an_undo_back_brings_the_outcome_back(account, decision):
    made, lead = decision(), account("lead")
    review(Outcome(decision=made, verdict="worse", text="没有变化"), by=lead)
    actions.undo(made.changes.first(), by=lead)
    actions.undo(made.changes.first(), by=lead)
    made.refresh_from_db()
    assert made.state == "reviewed"
    assert Outcome.objects.get(withdrawn_at=None).text == "没有变化"


@pytest.mark.django_db(transaction=True)
def test_a_department_that_is_gone_is_not_brought_back(account, decision):
    made, lead, lab = decision(), account("lead"), Department.objects.create(key="lab", name="实验室")
    for department in (lab, None):
        made.department = department
        seen = actions.newest_change(made).pk
        actions.change(made, list(made.insights.all()), seen=seen, by=lead)
    lab.delete()
    assert actions.undo(made.changes.first(), by=lead).department is None


def test_taking_back_a_new_decision_withdraws_it(account, decision):
    made = decision()
    actions.undo(made.changes.first(), by=account("lead"))
    made.refresh_from_db()
    assert made.withdrawn


def test_an_undo_that_meets_something_newer_or_comes_late_changes_nothing(account, decision):
    made, lead = decision(), account("lead")
    first = actions.move(made, "in_progress", by=lead)
    latest = actions.move(made, "dropped", by=lead)
    with pytest.raises(actions.CannotUndo, match="changed again"):
        actions.undo(first, by=lead)
    DecisionChange.objects.filter(pk=latest.pk).update(at=timezone.now() - timedelta(hours=25))
    latest.refresh_from_db()
    with pytest.raises(actions.CannotUndo, match="more than a day"):
        actions.undo(latest, by=lead)
    made.refresh_from_db()
    assert made.state == "dropped"
