"""What does not change by itself: archives, rules that are switched off or changed, topics that are gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from outlisten.app.alerts.actions.rules import keep_rule, switch
from outlisten.app.alerts.digesting.due import write_due
from outlisten.app.alerts.judging import judge
from outlisten.app.alerts.models import Alert, AlertRule, Digest, DigestIssue, Kind
from outlisten.app.alerts.queries.alerts import going_on
from outlisten.app.alerts.shown import shown
from outlisten.app.listening.models import Topic, Workspace

pytestmark = pytest.mark.django_db
Make = Callable[..., AlertRule]
Fill = Callable[..., None]


@pytest.fixture
def archive(usual_weeks: Fill) -> None:
    """A workspace whose day is that of its newest post, in which a rise ends the posts."""
    usual_weeks(more=30)
    Workspace.objects.update(as_of=Workspace.AsOf.NEWEST)


@pytest.mark.parametrize("hours", [0, 6])
def test_a_rise_at_the_end_of_an_archive_fires_once_and_is_over(
    archive: None, rule: Make, account: Callable[..., Any], hours: int
):
    one = rule(cool_hours=hours)
    for _ in range(3):
        judge(one)
    alert = Alert.objects.get()
    assert alert.ended_at == alert.fired_at
    assert going_on(account("analyst")) == []


def test_what_went_on_when_a_workspace_became_an_archive_is_over(usual_weeks: Fill, rule: Make):
    usual_weeks(more=30)
    one = rule()
    judge(one)
    assert Alert.objects.get().ended_at is None
    Workspace.objects.update(as_of=Workspace.AsOf.NEWEST)
    judge(one)
    assert Alert.objects.get().ended_at is not None


def test_a_digest_of_an_archive_says_the_same_only_once(archive: None, topic: Topic, now: datetime):
    one = Digest.objects.create(name="每日", rhythm="daily", hour=now.hour, next_at=now)
    one.topics.add(topic)
    for days in range(3):
        assert write_due(now + timedelta(days=days, hours=1)) == 1
    assert DigestIssue.objects.count() == 1


def test_a_rule_that_is_switched_off_says_no_longer_that_something_goes_on(
    usual_weeks: Fill, rule: Make, account: Callable[..., Any]
):
    usual_weeks(more=30)
    one = rule()
    judge(one)
    switch(one, on=False, by=account("analyst"))
    assert Alert.objects.get().ended_at is not None


def test_a_topic_that_is_gone_ends_what_went_on(usual_weeks: Fill, rule: Make, topic: Topic):
    usual_weeks(more=30)
    one = rule()
    judge(one)
    topic.delete()
    one.refresh_from_db()
    judge(one)
    alert = Alert.objects.get()
    assert alert.ended_at is not None
    assert "等位" in shown(alert).said.text


@pytest.mark.parametrize("change", [{"kind": Kind.COMPLAINTS}, {"kind": Kind.URGENT}, {"topic": None}])
def test_what_another_question_found_is_over_when_a_rule_is_changed(
    usual_weeks: Fill, rule: Make, account: Callable[..., Any], change: dict[str, Any]
):
    usual_weeks(more=30)
    one = rule()
    judge(one)
    other = Topic.objects.create(name="上菜", query="上菜")
    for name, value in change.items():
        setattr(one, name, value if name != "topic" else other)
    keep_rule(one, [], by=account("analyst"))
    alert = Alert.objects.get()
    assert alert.ended_at is not None
    assert "等位" in shown(alert).said.text


def test_a_rule_that_is_only_renamed_goes_on(usual_weeks: Fill, rule: Make, account: Callable[..., Any]):
    usual_weeks(more=30)
    one = rule()
    judge(one)
    one.name = "改名"
    keep_rule(one, [], by=account("analyst"))
    assert Alert.objects.get().ended_at is None
