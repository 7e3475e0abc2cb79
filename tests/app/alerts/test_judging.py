"""Rules: they fire for what is unusual, once, say why, and are over when it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from outlisten.app.alerts.judging import judge, judge_due
from outlisten.app.alerts.judging.judge import EVERY
from outlisten.app.alerts.models import Alert, AlertRule, Kind
from outlisten.app.alerts.shown import shown
from outlisten.app.alerts.standing import standing
from outlisten.app.listening.models import Topic
from outlisten.app.sources.models import Source

pytestmark = pytest.mark.django_db
Make = Callable[..., AlertRule]
Fill = Callable[..., None]


def test_more_people_than_usual_fire_once_and_not_again_while_it_goes_on(usual_weeks: Fill, rule: Make):
    usual_weeks(more=30)
    one = rule()
    judge(one)
    judge(one)
    alert = Alert.objects.get()
    assert alert.facts["people"] == 30
    assert alert.facts["expected"] < 2
    assert len(alert.posts) >= 30
    assert alert.ended_at is None


def test_what_is_usual_does_not_fire(usual_weeks: Fill, rule: Make):
    usual_weeks()
    one = rule(fewest=1)
    judge(one)
    one.refresh_from_db()
    assert not Alert.objects.exists()
    assert one.standing["state"] == "watching"


def test_one_loud_account_sets_nothing_off(usual_weeks: Fill, rule: Make):
    usual_weeks(more=60, author_id="loud")
    judge(rule(fewest=3))
    assert not Alert.objects.exists()


@pytest.mark.parametrize("fields", [{"type": "repost"}, {"voice": "owned"}, {"type": "message"}])
def test_reposts_our_own_words_and_private_messages_are_not_counted(
    usual_weeks: Fill, rule: Make, fields: dict[str, Any]
):
    usual_weeks(more=40, **fields)
    judge(rule())
    assert not Alert.objects.exists()


def test_too_few_people_do_not_fire(usual_weeks: Fill, rule: Make):
    usual_weeks(more=8)
    judge(rule(fewest=9))
    assert not Alert.objects.exists()
    judge(rule(fewest=8))
    assert Alert.objects.count() == 1


def test_a_larger_share_that_complains_fires(
    usual_weeks: Fill, rule: Make, now: datetime, pages_store: Any, make_posts: Any
):
    usual_weeks()
    praise = [
        {"native_id": f"praise-{n}", "author_id": f"p{n}", "text": "等位有茶水，很好", "created_at": now - timedelta(hours=n),
         "voice": "earned", "intent": ["praise"]}
        for n in range(1, 8 * 168 - 24)
    ]  # fmt: skip
    pages_store.add(make_posts(*praise))
    one = rule(kind=Kind.COMPLAINTS, fewest=10)
    judge(one)
    assert not Alert.objects.exists()
    usual_weeks(more=40)
    judge(one)
    alert = Alert.objects.get()
    assert alert.facts["complaining"] >= 40
    assert alert.facts["usual"] < 0.3


def test_an_alert_is_over_when_its_hours_are_usual_again(usual_weeks: Fill, rule: Make, now: datetime):
    usual_weeks()
    one = rule()
    Alert.objects.create(rule=one, kind=Kind.VOLUME, began_at=now - timedelta(days=1), fired_at=now - timedelta(days=1),
                         last_at=now - timedelta(days=1), facts={})  # fmt: skip
    judge(one)
    assert Alert.objects.get().ended_at is not None


def test_after_an_alert_the_rule_rests(usual_weeks: Fill, rule: Make, now: datetime):
    usual_weeks(more=30)
    one = rule(cool_hours=6)
    Alert.objects.create(rule=one, kind=Kind.VOLUME, began_at=now - timedelta(hours=9), fired_at=now - timedelta(hours=9),
                         last_at=now - timedelta(hours=5), ended_at=now - timedelta(hours=5), facts={})  # fmt: skip
    judge(one)
    assert Alert.objects.count() == 1


def test_rules_that_share_posts_are_one_group(usual_weeks: Fill, rule: Make):
    usual_weeks(more=30)
    first, second = rule(), rule(topic=Topic.objects.create(name="两个小时", query="两个小时"))
    judge(first)
    judge(second)
    grouped = Alert.objects.get(rule=second)
    assert grouped.group == Alert.objects.get(rule=first)


def test_a_rise_is_not_swallowed_by_an_urgent_post_that_is_part_of_it(
    usual_weeks: Fill, rule: Make, now: datetime
):
    usual_weeks(more=30)
    first, urgent = rule(), rule(name="急帖", kind=Kind.URGENT)
    judge(first)
    posts = Alert.objects.get(rule=first).posts
    Alert.objects.all().delete()
    Alert.objects.create(
        rule=urgent,
        kind=Kind.URGENT,
        about=posts[0],
        posts=posts[:1],
        began_at=now,
        fired_at=now,
        last_at=now,
        ended_at=now,
    )
    judge(first)
    assert Alert.objects.get(rule=first).group is None


def test_a_rule_is_looked_at_by_one_worker_and_again_in_some_minutes(
    usual_weeks: Fill, rule: Make, now: datetime
):
    usual_weeks()
    rule()
    assert [judge_due(now), judge_due(now), judge_due(now + EVERY)] == [1, 0, 1]


@pytest.mark.parametrize(
    ("query", "said"),
    [("等位 AND (", "cannot be asked"), ("*", "cannot be asked")],
)
def test_a_topic_that_cannot_be_asked_is_told_on_the_rule(
    usual_weeks: Fill, rule: Make, query: str, said: str
):
    usual_weeks()
    one = rule(topic=Topic.objects.create(name="broken", query=query))
    judge(one)
    one.refresh_from_db()
    assert said in standing(one)


def test_a_topic_that_is_gone_is_told_on_the_rule(usual_weeks: Fill, rule: Make, topic: Topic):
    usual_weeks()
    one = rule()
    topic.delete()
    one.refresh_from_db()
    judge(one)
    one.refresh_from_db()
    assert "gone" in standing(one)


def test_less_than_a_week_of_posts_is_not_judged(
    pages_store: Any, make_posts: Any, rule: Make, now: datetime
):
    rows = [
        {"native_id": str(n), "author_id": str(n), "text": "等位", "created_at": now, "voice": "earned"}
        for n in range(50)
    ]
    pages_store.add(make_posts(*rows))
    one = rule()
    judge(one)
    one.refresh_from_db()
    assert one.standing == {"state": "learning"}
    assert not Alert.objects.exists()


def test_a_source_that_fails_for_half_an_hour_fires_and_is_over_when_it_is_well(
    rule: Make, usual_weeks: Fill, now: datetime
):
    said = {"en": "It does not answer.", "zh-hans": "没有响应。"}
    source = Source.objects.create(
        name="论坛", connector="rss", problem="unreachable", problem_said=said, problem_since=now
    )
    one = rule(kind=Kind.SOURCE, topic=None)
    judge(one)
    assert not Alert.objects.exists()
    Source.objects.update(problem_since=now - timedelta(minutes=31))
    judge(one)
    judge(one)
    alert = Alert.objects.get()
    assert "论坛" in shown(alert).said.text
    Source.objects.filter(pk=source.pk).update(problem="", problem_since=None)
    judge(one)
    assert Alert.objects.get().ended_at is not None


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["30 people", "usual", "Chance alone"]), ("zh-hans", ["30", "平常", "偶然"])],
)
def test_why_it_fired_is_said_in_both_languages(
    usual_weeks: Fill, rule: Make, language: str, words: list[str]
):
    usual_weeks(more=30)
    judge(rule())
    with translation.override(language):
        told = shown(Alert.objects.get())
        text = " ".join([told.said.text, *(reason.text for reason in told.reasons)])
    assert [word for word in words if word not in text] == []
    assert "q=" in told.said.address
