"""Alerts become messages: once a channel, together after quiet hours, in the rule's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from outlisten.app.alerts.judging import judge
from outlisten.app.alerts.models import Alert, AlertRule, Channel, Delivery, Kind
from outlisten.app.alerts.sending.telling import quiet, tell
from outlisten.app.listening.models import Workspace

pytestmark = pytest.mark.django_db
Make = Callable[..., AlertRule]
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def fired(usual_weeks: Callable[..., None], rule: Make) -> Callable[..., Alert]:
    """Makes an alert by a rule: a rise of volume with posts."""

    def make(**fields: Any) -> Alert:
        usual_weeks(more=30)
        one = rule(**fields)
        judge(one)
        return Alert.objects.get(rule=one)

    return make


def test_an_alert_is_told_once(fired: Callable[..., Alert], channel: Channel, now: datetime):
    fired()
    assert [tell(now), tell(now)] == [1, 0]
    message = Delivery.objects.get().message
    assert message["title"].endswith("more people than usual")
    assert any("客人" in line["text"] for line in message["lines"])
    assert message["url"] == f"https://listen.example.org/alerts/{Alert.objects.get().pk}"
    assert all(
        url.startswith("https://listen.example.org/") for line in message["lines"] for _, url in line["links"]
    )


def test_a_crash_between_two_channels_repeats_nothing(
    fired: Callable[..., Alert], channel: Channel, now: datetime
):
    fired()
    tell(now)
    Alert.objects.update(told_at=None)  # as if the commit that noted it had been lost
    tell(now)
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(
    ("at", "start", "end", "held"),
    [
        ("2026-03-02T15:30", time(22), time(7), True),  # 23:30 in Shanghai
        ("2026-03-02T22:59", time(22), time(7), True),  # 06:59
        ("2026-03-02T23:00", time(22), time(7), False),  # 07:00
        ("2026-03-02T04:30", time(12), time(13), True),  # 12:30
        ("2026-03-02T05:00", time(12), time(13), False),
        ("2026-03-02T15:30", None, None, False),
        ("2026-03-02T15:30", time(8), time(8), False),
    ],
)
def test_quiet_hours_are_those_of_the_workspace(at: str, start: time | None, end: time | None, held: bool):
    one = AlertRule(quiet_from=start, quiet_until=end)
    assert quiet(one, datetime.fromisoformat(at).replace(tzinfo=UTC), SHANGHAI) is held


def test_what_fires_in_quiet_hours_is_told_together_afterwards(rule: Make, channel: Channel, now: datetime):
    zone = Workspace.objects.get_or_create(pk=1)[0].zone
    local = now.astimezone(ZoneInfo(zone))
    hours = {
        "quiet_from": (local - timedelta(hours=1)).time(),
        "quiet_until": (local + timedelta(hours=1)).time(),
    }
    for name in ("夜间甲", "夜间乙"):
        one = rule(name=name, kind=Kind.SOURCE, topic=None, **hours)
        Alert.objects.create(rule=one, kind=Kind.SOURCE, about="source:1", began_at=now, fired_at=now, last_at=now,
                             facts={"source": "论坛", "said": {"en": "It is silent."}})  # fmt: skip
    assert tell(now) == 0
    assert tell(now + timedelta(hours=2)) == 1
    message = Delivery.objects.get().message
    assert "夜间甲" in message["title"]
    assert "夜间乙" in message["title"]


def test_of_a_group_only_the_first_is_told(fired: Callable[..., Alert], rule: Make, now: datetime):
    first = fired()
    Alert.objects.create(
        rule=rule(name="第二条"),
        kind=Kind.VOLUME,
        group=first,
        began_at=now,
        fired_at=now,
        last_at=now,
        facts={},
    )
    assert tell(now) == 1
    message = Delivery.objects.get().message
    assert any("第二条" in line["text"] for line in message["lines"])
    assert not Alert.objects.filter(told_at=None).exists()


def test_a_rule_without_a_channel_tells_nobody_and_is_told_for_good(
    fired: Callable[..., Alert], now: datetime
):
    fired(silent=True)
    assert tell(now) == 0
    assert Alert.objects.get().told_at is not None


@pytest.mark.parametrize(
    ("chosen", "of_all", "word"),
    [("zh-hans", "en", "平常"), ("", "zh-hans", "平常"), ("en", "zh-hans", "usual")],
)
def test_a_message_is_in_the_rules_language_else_in_the_workspaces(
    fired: Callable[..., Alert], now: datetime, chosen: str, of_all: str, word: str
):
    Workspace.objects.update_or_create(pk=1, defaults={"language": of_all})
    fired(language=chosen)
    tell(now)
    assert word in " ".join(line["text"] for line in Delivery.objects.get().message["lines"])


def test_the_words_of_a_private_message_are_not_sent(
    rule: Make, pages_store: Any, make_posts: Any, now: datetime
):
    posts = make_posts(
        {
            "native_id": "p",
            "text": "我的身份证号被盗用了",
            "type": "message",
            "author": "李雷",
            "created_at": now,
        }
    )
    pages_store.add(posts)
    one = rule(kind=Kind.URGENT, topic=None)
    Alert.objects.create(rule=one, kind=Kind.URGENT, about=posts["id"][0].as_py(), began_at=now, fired_at=now, last_at=now,
                         ended_at=now, facts={"reasons": ["fraud"], "private": True}, posts=posts["id"].to_pylist())  # fmt: skip
    tell(now)
    text = str(Delivery.objects.get().message)
    assert "身份证" not in text
    assert "李雷" not in text
