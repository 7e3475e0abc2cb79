"""The pictures of an alert and of a rule: people by the hour beside what is usual, in their own time."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from outlisten.app.alerts.judging import judge
from outlisten.app.alerts.models import Alert, AlertRule, Kind
from outlisten.app.listening.models import Topic

pytestmark = pytest.mark.django_db
Make = Callable[..., AlertRule]
Fill = Callable[..., None]
Open = Callable[..., Client]


@pytest.fixture
def alert(usual_weeks: Fill, rule: Make) -> Alert:
    """Thirty people in two hours, found by a rule."""
    usual_weeks(more=30)
    judge(rule())
    return Alert.objects.get()


def picture(client: Client, address: str) -> tuple[str, list[dict[str, Any]]]:
    """The part of the page, and the bars of its chart, oldest first."""
    part = client.get(address).content.decode()
    found = re.search(r'<pre id="unusual-spec" hidden>(.*?)</pre>', part, re.DOTALL)
    spec = json.loads(html.unescape(found[1])) if found else {"datasets": {}}
    bars = [row for rows in spec["datasets"].values() for row in rows if "seen" in row]
    return part, sorted(bars, key=lambda bar: bar["start"])


@pytest.mark.parametrize(
    ("language", "title", "usual", "columns"),
    [
        ("en", "People by the hour", "are usual", ["People", "Usual", "95 of 100 usual times"]),
        ("zh-hans", "每小时发言人数", "平常为", ["人数", "平常", "平常范围（95%）"]),
    ],
)
def test_an_alert_shows_what_was_seen_beside_the_usual_in_both_languages(
    alert: Alert, browser: Open, language: str, title: str, usual: str, columns: list[str]
):
    client = browser(language=language)
    assert f'hx-get="/alerts/{alert.pk}/picture"' in client.get(f"/alerts/{alert.pk}").content.decode()
    part, bars = picture(client, f"/alerts/{alert.pk}/picture")
    assert title in part
    assert usual in re.search(r'role="img" aria-label="([^"]*)"', part)[1]  # type: ignore[index]
    assert [name for name in columns if f"<bdi>{name}</bdi>" not in part] == []
    assert sum(bar["seen"] for bar in bars if bar["alert"]) >= 30
    assert 7 * 24 <= len(bars) <= 7 * 24 + 6
    assert part.count('<th scope="row">') == len(bars)


def test_a_picture_of_an_alert_is_of_its_own_time(
    usual_weeks: Fill, rule: Make, browser: Open, now: datetime
):
    usual_weeks(more=30)
    then = now - timedelta(days=20)
    old = Alert.objects.create(rule=rule(), kind=Kind.VOLUME, began_at=then - timedelta(hours=3), fired_at=then,
                               last_at=then, ended_at=then + timedelta(hours=4), facts=FACTS)  # fmt: skip
    _part, bars = picture(browser(), f"/alerts/{old.pk}/picture")
    ends = [datetime.fromisoformat(bar["start"]) for bar in (bars[0], bars[-1])]
    assert abs(ends[0] - (then - timedelta(days=7, hours=3))) < timedelta(hours=1)
    assert abs(ends[1] - (then + timedelta(hours=4))) < timedelta(hours=1)
    assert max(bar["seen"] for bar in bars) == 1
    assert sum(bar["alert"] for bar in bars) == 8


def test_its_own_hours_are_left_out_of_the_usual_whatever_was_said_of_it(
    usual_weeks: Fill, rule: Make, browser: Open, now: datetime
):
    usual_weeks(more=4)
    one = Alert.objects.create(rule=rule(), kind=Kind.VOLUME, began_at=now - timedelta(hours=3), fired_at=now,
                               last_at=now, ended_at=now, facts=FACTS)  # fmt: skip
    client = browser()
    before = picture(client, f"/alerts/{one.pk}/picture")[0]
    Alert.objects.update(verdict=Alert.Verdict.FALSE)
    spec = re.compile(r"<pre.*?</pre>", re.DOTALL)
    assert spec.findall(picture(client, f"/alerts/{one.pk}/picture")[0]) == spec.findall(before) != []


def test_a_picture_asks_what_the_topic_asked_when_it_fired(alert: Alert, topic: Topic, browser: Open):
    client = browser()
    Alert.objects.update(ended_at=alert.fired_at)
    before = picture(client, f"/alerts/{alert.pk}/picture")[1]
    Topic.objects.filter(pk=topic.pk).update(query="味道")
    assert picture(client, f"/alerts/{alert.pk}/picture")[1] == before
    topic.delete()
    assert picture(client, f"/alerts/{alert.pk}/picture")[1] == before


def test_without_a_question_the_page_says_that_there_is_no_picture(
    rule: Make, topic: Topic, browser: Open, now: datetime
):
    one = Alert.objects.create(rule=rule(), kind=Kind.VOLUME, began_at=now, fired_at=now, last_at=now, facts=FACTS)  # fmt: skip
    topic.delete()
    part, bars = picture(browser(), f"/alerts/{one.pk}/picture")
    assert "There is no picture" in part
    assert bars == []


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Share that complains"), ("zh-hans", "每六小时的投诉占比")]
)
def test_an_alert_of_complaints_shows_shares_by_six_hours(
    usual_weeks: Fill, rule: Make, browser: Open, now: datetime, language: str, title: str
):
    usual_weeks(more=40)
    one = Alert.objects.create(rule=rule(kind=Kind.COMPLAINTS), kind=Kind.COMPLAINTS, began_at=now - timedelta(hours=2),
                               fired_at=now, last_at=now, facts=FACTS)  # fmt: skip
    part, bars = picture(browser(language=language), f"/alerts/{one.pk}/picture")
    assert title in part
    assert 28 <= len(bars) <= 30
    assert bars[-1]["seen"] == 1.0 or bars[-2]["seen"] == 1.0
    assert bars[0]["seen"] is None
    assert "intent:complaint" in bars[0]["evidence"]


@pytest.mark.parametrize("kind", [Kind.VOLUME, Kind.COMPLAINTS])
def test_a_rule_shows_its_last_seven_days_and_the_alerts_in_them(alert: Alert, browser: Open, kind: Kind):
    AlertRule.objects.filter(pk=alert.rule_id).update(kind=kind, standing={})
    Alert.objects.update(kind=kind)
    address = f"/settings/alerts/rules/{alert.rule_id}"
    client = browser()
    assert f'hx-get="{address}/picture"' in client.get(address).content.decode()
    _part, bars = picture(client, f"{address}/picture")
    assert any(bar["alert"] for bar in bars[-3:])
    assert not any(bar["alert"] for bar in bars[:-3])


def test_a_single_post_has_no_picture(rule: Make, browser: Open, now: datetime):
    one = Alert.objects.create(rule=rule(kind=Kind.URGENT), kind=Kind.URGENT, about="x", began_at=now, fired_at=now,
                               last_at=now, ended_at=now)  # fmt: skip
    client = browser()
    assert client.get(f"/alerts/{one.pk}/picture").status_code == 404
    assert client.get(f"/settings/alerts/rules/{one.rule_id}/picture").status_code == 404
    assert "/picture" not in client.get(f"/alerts/{one.pk}").content.decode()


def test_a_stranger_sees_no_picture(alert: Alert, client: Client):
    for address in (f"/alerts/{alert.pk}/picture", f"/settings/alerts/rules/{alert.rule_id}/picture"):
        assert client.get(address).status_code in (302, 401, 403)


FACTS = {
    "people": 9, "seen": 9, "hours": 3, "end": "2026-03-02T10:00:00+00:00", "expected": 1.0, "low": 0, "high": 3,
    "complaining": 8, "of": 9, "usual": 0.2, "weeks": 40.0,
}  # fmt: skip
