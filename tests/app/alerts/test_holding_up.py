"""What must not happen when something breaks in between, or two do the same at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from tests.app.alerts.conftest import Receiver

from outlisten.app.alerts.actions.channels import remove_channel
from outlisten.app.alerts.digesting import due
from outlisten.app.alerts.judging import judge, judge_due, take_in
from outlisten.app.alerts.models import Alert, AlertRule, Channel, Delivery, Digest, DigestIssue, Kind
from outlisten.app.alerts.personal_data import forget_posts
from outlisten.app.alerts.sending import delivering, forgetting, telling
from outlisten.app.alerts.sending.delivering import deliver_due
from outlisten.app.alerts.writing.kept import as_kept
from outlisten.app.listening.models import Topic
from outlisten.query import Matcher
from outlisten.sinks.message import Line, Link, Message
from outlisten.sinks.sink import Delivered

pytestmark = pytest.mark.django_db
Make = Callable[..., AlertRule]
Fill = Callable[..., None]
State = Delivery.State
BASE = "https://listen.example.org"


@pytest.fixture(autouse=True)
def _fresh_process() -> Iterator[None]:
    due._failed_at.clear()
    forgetting._last.clear()
    yield
    due._failed_at.clear()
    forgetting._last.clear()


@pytest.fixture
def waiting(channel: Channel, now: datetime) -> Callable[..., Delivery]:
    """Makes a message on its way that quotes post 7."""

    def make(key: str = "alert-1", **fields: Any) -> Delivery:
        quoted = Line("李雷：“我的身份证被盗用了”", (Link("打开帖子", f"{BASE}/posts/7"),))
        message = Message(key, "alert", "紧急", (Line("一条帖子刻不容缓。"), quoted), BASE, "zh-hans", now)
        fields = {"next_at": now, **fields}
        return Delivery.objects.create(channel=channel, key=key, message=as_kept(message), **fields)

    return make


def during_the_sending(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object], **said: Any) -> None:
    def send(delivery: Delivery) -> Delivered:
        act()
        return Delivered(**said)

    monkeypatch.setattr(delivering, "_send", send)


def test_words_erased_while_they_are_sent_do_not_come_back(
    waiting: Callable[..., Delivery], monkeypatch: pytest.MonkeyPatch
):
    waiting()
    during_the_sending(monkeypatch, lambda: forget_posts(frozenset(["7"])), native_id="n")
    deliver_due()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.native_id) == (State.SENT, "n")
    assert "身份证" not in str(delivery.message)


def test_what_a_channel_repeats_of_a_post_is_erased_with_it(waiting: Callable[..., Delivery]):
    waiting(state=State.SENT, answer='{"echo": "我的身份证被盗用了"}')
    forget_posts(frozenset(["7"]))
    assert "身份证" not in str(Delivery.objects.values().get())


def test_a_worker_whose_lease_another_took_over_writes_nothing_down(
    waiting: Callable[..., Delivery], monkeypatch: pytest.MonkeyPatch
):
    waiting()
    during_the_sending(monkeypatch, lambda: Delivery.objects.update(holder="another"))
    deliver_due()
    assert (Delivery.objects.get().state, Delivery.objects.get().holder) == (State.WAITING, "another")


def test_a_message_that_breaks_its_sink_is_given_up_and_the_next_one_is_sent(
    waiting: Callable[..., Delivery], receiver: Receiver
):
    broken = waiting("alert-1")
    Delivery.objects.update(message={**broken.message, "at": "no date"})
    waiting("alert-2")
    assert deliver_due() == 2
    states = dict(Delivery.objects.values_list("key", "state"))
    assert states == {"alert-1": State.FAILED, "alert-2": State.SENT}
    assert "意外" in Delivery.objects.get(key="alert-1").problem_said["zh-hans"]


def test_a_message_made_while_its_channel_was_removed_is_not_sent(
    waiting: Callable[..., Delivery], channel: Channel, receiver: Receiver, account: Callable[..., Any]
):
    remove_channel(channel, by=account("analyst"))
    waiting()
    deliver_due()
    assert Delivery.objects.get().state == State.FAILED
    assert receiver.got == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x"])
def test_an_address_that_a_channel_answers_is_one_of_the_web(
    waiting: Callable[..., Delivery], monkeypatch: pytest.MonkeyPatch, url: str
):
    waiting()
    during_the_sending(monkeypatch, lambda: None, url=url)
    deliver_due()
    assert Delivery.objects.get().url == ""


def test_a_rule_that_breaks_does_not_keep_the_others_from_being_looked_at(
    usual_weeks: Fill, rule: Make, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    usual_weeks(more=30)
    broken, whole = rule(), rule()
    look = judge

    def breaks(one: AlertRule) -> None:
        if one.pk == broken.pk:
            raise KeyError("hours")
        look(one)

    monkeypatch.setattr(import_module("outlisten.app.alerts.judging.judge"), "judge", breaks)
    assert judge_due(now) == 2
    assert Alert.objects.get().rule == whole


def test_a_digest_that_breaks_keeps_neither_others_nor_the_server_busy(
    usual_weeks: Fill, topic: Topic, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    usual_weeks()
    for name in ("坏的", "好的"):
        Digest.objects.create(name=name, rhythm="daily", hour=now.hour, next_at=now).topics.add(topic)
    tried: list[str] = []
    write = due.write_issue

    def breaks(digest: Digest, until: datetime) -> DigestIssue:
        tried.append(digest.name)
        if digest.name == "坏的":
            raise ValueError("broken")
        return write(digest, until)

    monkeypatch.setattr(due, "write_issue", breaks)
    assert due.write_due(now) == 1
    assert due.write_due(now + timedelta(seconds=15)) == 0
    assert tried.count("坏的") == 1
    due.write_due(now + due.AGAIN)
    assert tried.count("坏的") == 2


def test_alerts_that_another_worker_tells_are_not_told_twice(
    usual_weeks: Fill, rule: Make, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    usual_weeks(more=30)
    judge(rule())
    write = telling.alert_message

    def beaten(*told: Any) -> Message:
        Alert.objects.update(told_at=now)
        return write(*told)

    monkeypatch.setattr(telling, "alert_message", beaten)
    assert telling.tell(now) == 0
    assert not Delivery.objects.exists()


def test_one_urgent_post_of_a_rise_does_not_keep_the_rise_from_being_told(
    usual_weeks: Fill, rule: Make, now: datetime
):
    usual_weeks(more=30)
    one = rule()
    judge(one)
    post = Alert.objects.get().posts[0]
    Alert.objects.all().delete()
    Alert.objects.create(rule=rule(kind=Kind.URGENT, topic=None), kind=Kind.URGENT, about=post, began_at=now, fired_at=now,
                         last_at=now, ended_at=now, facts={"reasons": ["fraud"]}, posts=[post])  # fmt: skip
    judge(one)
    assert Alert.objects.get(rule=one).group is None


def test_a_channel_of_its_own_is_told_of_what_another_rule_found_too(
    usual_weeks: Fill, rule: Make, channel: Channel, now: datetime
):
    usual_weeks(more=30)
    first, second = rule(silent=True), rule(name="也看等位")
    judge(first)
    judge(second)
    assert Alert.objects.get(rule=second).group == Alert.objects.get(rule=first)
    assert telling.tell(now) == 1
    assert Delivery.objects.get().channel == channel


def test_posts_of_an_archive_are_not_even_matched(
    rule: Make, make_posts: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
):
    def match(_matcher: Matcher, _posts: Any) -> None:
        raise AssertionError("an archive was matched")

    monkeypatch.setattr(Matcher, "match", match)
    text, old = "我的身份证被盗刷了两次", datetime.fromisoformat("2020-01-01T00:00+00:00")
    rule(kind=Kind.URGENT, topic=None)
    take_in(make_posts({"native_id": "1", "text": text, "created_at": old}, {"native_id": "2", "text": text}))
    assert not Alert.objects.exists()


def test_what_was_delivered_long_ago_leaves_the_log_once_a_day(
    waiting: Callable[..., Delivery], now: datetime
):
    for key, state in (("sent", State.SENT), ("failed", State.FAILED), ("waiting", State.WAITING)):
        waiting(key, state=state)
    assert forgetting.forget_when_due(now + forgetting.KEPT - timedelta(hours=2)) == 0
    later = now + forgetting.KEPT + timedelta(hours=1)
    assert forgetting.forget_when_due(later) == 0
    assert forgetting.forget_when_due(later + forgetting.EVERY) == 2
    assert Delivery.objects.get().key == "waiting"


@pytest.mark.parametrize("base", ["", "listen.example.org"])
def test_without_an_address_nothing_is_quoted_that_could_not_be_erased(
    usual_weeks: Fill, rule: Make, topic: Topic, channel: Channel, now: datetime, base: str
):
    Channel.objects.update(address=base)
    usual_weeks(more=30)
    judge(rule())
    digest = Digest.objects.create(name="每日", rhythm="daily", hour=now.hour, next_at=now)
    digest.topics.add(topic)
    digest.channels.add(channel)
    due.write_due(now)
    assert telling.tell(now) == 2
    assert not [row for row in Delivery.objects.all() if "客人" in str(row.message)]


def test_the_server_forgets_by_itself(monkeypatch: pytest.MonkeyPatch, pages_store: Any):
    from outlisten.app.alerts.sending.worker import ENDING, watch

    ENDING.clear()
    called: list[int] = []
    monkeypatch.setattr(forgetting, "forget_old", lambda _now: called.append(1) or 0)
    watch()
    watch()
    assert called == [1]


def test_private_alerts_stand_in_no_digest(rule: Make, topic: Topic, pages_store: Any, now: datetime):
    for private in (True, False):
        Alert.objects.create(rule=rule(kind=Kind.URGENT), kind=Kind.URGENT, about=str(private), began_at=now, last_at=now,
                             fired_at=now - timedelta(hours=1), ended_at=now, facts={"private": private})  # fmt: skip
    digest = Digest.objects.create(
        name="每日", rhythm="daily", hour=now.hour, next_at=now, language="zh-hans"
    )
    digest.topics.add(topic)
    due.write_due(now)
    told = str(DigestIssue.objects.get().sections)
    assert "私信" not in told
    assert "有一条帖子不能等" in told
