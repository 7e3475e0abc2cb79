"""The pages of alerts, digests and channels: who may open them, what is refused and why, and the feed that others fetch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from django.test import Client
from django.utils import timezone
from tests.app.alerts.conftest import SECRET, Receiver

from outlisten.app.alerts.models import Alert, AlertRule, Channel, Delivery, Digest, DigestIssue, Kind
from outlisten.app.alerts.views.feed import feed_path
from outlisten.app.alerts.writing.kept import as_kept
from outlisten.app.listening.models import Topic
from outlisten.app.people.models import Department
from outlisten.app.sources.secrets import opened, seal
from outlisten.sinks.message import Line, Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_store")]
Browser = Callable[..., Client]
Make = Callable[..., AlertRule]
SETTINGS = "/settings/alerts"


def rule_data(watched: Topic, **fields: Any) -> dict[str, Any]:
    return {
        "name": "等位", "kind": "volume", "topic": watched.pk, "every_weeks": 13, "fewest": 10, "cool_hours": 6, "language": "",
        **fields,
    }  # fmt: skip


def digest_data(told: Topic, **fields: Any) -> dict[str, Any]:
    return {
        "name": "周报",
        "topics": [told.pk],
        "rhythm": "weekly",
        "weekday": 0,
        "hour": 8,
        "language": "",
        **fields,
    }


def words_of(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def alert(rule: Make, now: datetime) -> Callable[..., Alert]:
    """Makes alerts: of a private message with `private=True`."""

    def make(private: bool = False, **fields: Any) -> Alert:
        facts = {"reasons": ["fraud"], "private": private, "platform": "x"}
        times = {"began_at": now, "fired_at": now, "last_at": now, "ended_at": now}
        one = rule(kind=Kind.URGENT, topic=None)
        return Alert.objects.create(rule=one, kind=Kind.URGENT, about="7", facts=facts, **{**times, **fields})

    return make


@pytest.fixture
def delivery(channel: Channel, now: datetime) -> Callable[..., Delivery]:
    """Makes messages of the channel's log."""

    def make(of: Channel = channel, **fields: Any) -> Delivery:
        message = Message(
            "alert-1", "alert", "排队 <b>投诉</b>", (Line("等位的人比平时多。"),), "", "zh-hans", now
        )
        fields = {"state": Delivery.State.SENT, "key": message.key, **fields}
        return Delivery.objects.create(channel=of, message=as_kept(message), **fields)

    return make


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Rules", "No digests yet", "Add a channel"]), ("zh-hans", ["规则", "还没有摘要", "添加渠道"])],
)
def test_settings_open_in_both_languages(browser: Browser, channel: Channel, language: str, words: list[str]):
    page = words_of(browser("analyst", language=language).get(SETTINGS))
    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["No alerts yet", "No rule watches yet."]), ("zh-hans", ["还没有提醒"])],
)
def test_a_list_without_alerts_says_so(browser: Browser, language: str, words: list[str]):
    page = words_of(browser("viewer", language=language).get("/alerts"))
    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize("role", ["viewer", "agency", "responder"])
def test_who_may_not_change_alerts_sees_rules_and_neither_channels_nor_forms(
    browser: Browser, rule: Make, channel: Channel, role: str
):
    one, client = rule(name="守望"), browser(role)
    page = words_of(client.get(SETTINGS))
    assert "守望" in page
    assert channel.name not in page
    for address in (
        f"{SETTINGS}/rules/new", f"{SETTINGS}/rules/{one.pk}", f"{SETTINGS}/rules/{one.pk}/trial", f"{SETTINGS}/digests/new",
        f"{SETTINGS}/channels/{channel.pk}", f"{SETTINGS}/channels/{channel.pk}/log", f"{SETTINGS}/channels/new/slack",
        f"{SETTINGS}/channels/{channel.pk}/change",
    ):  # fmt: skip
        assert client.get(address).status_code == 403, address
    for address in (
        f"{SETTINGS}/rules/{one.pk}/remove", f"{SETTINGS}/channels/{channel.pk}/remove",
        f"{SETTINGS}/channels/{channel.pk}/test", f"{SETTINGS}/channels/{channel.pk}/check",
        f"{SETTINGS}/channels/new/webhook/check",
    ):  # fmt: skip
        assert client.post(address).status_code == 403, address
    assert AlertRule.objects.filter(removed=False).exists()
    assert Channel.objects.filter(removed=False).exists()


def test_nobody_who_is_not_signed_in_sees_anything(channel: Channel, alert: Callable[..., Alert]):
    for address in (
        "/alerts",
        "/alerts/going-on",
        f"/alerts/{alert().pk}",
        SETTINGS,
        f"{SETTINGS}/channels/{channel.pk}",
    ):
        answer = Client().get(address)
        assert answer.status_code == 302, address
        assert "/sign-in" in answer["Location"]


@pytest.mark.parametrize(
    "address",
    [
        "rules/{rule}/off", "rules/{rule}/remove", "channels/{channel}/test", "channels/{channel}/remove",
        "channels/{channel}/check", "channels/new/webhook/check", "digests/{digest}/remove",
    ],
)  # fmt: skip
def test_nothing_is_changed_by_opening_an_address(
    browser: Browser, rule: Make, channel: Channel, address: str
):
    digest = Digest.objects.create(name="周报")
    place = address.format(rule=rule().pk, channel=channel.pk, digest=digest.pk)
    assert browser("analyst").get(f"{SETTINGS}/{place}").status_code == 405
    assert AlertRule.objects.get().on
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "address", ["rules/{rule}/dance", "digests/{digest}/dance", "rules/0", "digests/0", "rules/99999999999999999999"]
)  # fmt: skip
def test_an_act_or_a_thing_that_there_is_not_is_not_found(browser: Browser, rule: Make, address: str):
    digest = Digest.objects.create(name="周报")
    place = address.format(rule=rule().pk, digest=digest.pk)
    assert browser("analyst").post(f"{SETTINGS}/{place}").status_code == 404


def test_a_channel_of_a_kind_that_there_is_not_is_not_found(browser: Browser):
    assert browser("analyst").get(f"{SETTINGS}/channels/new/pigeon").status_code == 404


def test_a_private_post_is_there_for_those_who_may_read_it(browser: Browser, alert: Callable[..., Alert]):
    one = alert(private=True)
    for role in ("analyst", "viewer", "agency"):
        client = browser(role)
        assert client.get(f"/alerts/{one.pk}").status_code == 404
        assert one.rule.name not in words_of(client.get("/alerts"))
        assert one.rule.name not in words_of(client.get("/alerts/going-on"))
    client = browser("responder", language="zh-hans")
    assert "私信" in words_of(client.get(f"/alerts/{one.pk}"))


@pytest.mark.parametrize("role", ["viewer", "agency"])
def test_who_may_not_judge_is_refused(browser: Browser, alert: Callable[..., Alert], role: str):
    one = alert()
    assert browser(role).post(f"/alerts/{one.pk}/verdict", {"verdict": "useful"}).status_code == 403
    assert Alert.objects.get().verdict == ""


def test_a_verdict_is_kept_and_another_word_is_none(browser: Browser, alert: Callable[..., Alert]):
    one, client = alert(), browser("responder")
    assert client.post(f"/alerts/{one.pk}/verdict", {"verdict": "false"}).status_code == 302
    assert client.post(f"/alerts/{one.pk}/verdict", {"verdict": "nonsense"}).status_code == 400
    assert Alert.objects.get().verdict == "false"


def test_a_rule_is_made_and_its_name_is_there_once(browser: Browser, topic: Topic, channel: Channel):
    client = browser("analyst", language="zh-hans")
    data = rule_data(topic, channels=[channel.pk])
    assert client.post(f"{SETTINGS}/rules/new", data).status_code == 302
    again = client.post(f"{SETTINGS}/rules/new", data)
    assert again.status_code == 422
    assert "已有同名规则" in words_of(again)
    assert list(AlertRule.objects.get().channels.all()) == [channel]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"topic": ""}, "Choose the topic that is watched."),
        ({"quiet_from": "22:00"}, "Quiet hours need a start and an end."),
        ({"quiet_from": "25:00"}, "Enter a valid time."),
        ({"kind": "weather"}, "Select a valid choice"),
        ({"channels": [99]}, "Select a valid choice"),
        ({"cool_hours": "-1"}, "greater than or equal to 0"),
    ],
)
def test_a_wrong_entry_of_a_rule_is_explained(
    browser: Browser, topic: Topic, fields: dict[str, Any], said: str
):
    answer = browser("analyst").post(f"{SETTINGS}/rules/new", rule_data(topic, **fields))
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert not AlertRule.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"hour": 24}, "Select a valid choice"),
        ({"hour": -1}, "Select a valid choice"),
        ({"topics": []}, "Choose at least one topic."),
        ({"rhythm": "hourly"}, "Select a valid choice"),
    ],
)
def test_a_wrong_entry_of_a_digest_is_explained(
    browser: Browser, topic: Topic, fields: dict[str, Any], said: str
):
    answer = browser("analyst").post(f"{SETTINGS}/digests/new", digest_data(topic, **fields))
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert not Digest.objects.exists()


def test_a_digest_is_made_once_a_name(browser: Browser, topic: Topic):
    client = browser("analyst", language="zh-hans")
    assert client.post(f"{SETTINGS}/digests/new", digest_data(topic)).status_code == 302
    again = client.post(f"{SETTINGS}/digests/new", digest_data(topic))
    assert again.status_code == 422
    assert "已有同名摘要" in words_of(again)


def test_a_channel_in_use_is_removed_and_its_rule_still_opens(
    browser: Browser, rule: Make, channel: Channel, delivery: Callable[..., Delivery]
):
    one, sent, client = rule(), delivery(), browser("analyst")
    assert client.post(f"{SETTINGS}/channels/{channel.pk}/remove").status_code == 302
    assert client.get(f"{SETTINGS}/rules/{one.pk}").status_code == 200
    assert client.get(f"{SETTINGS}/channels/{channel.pk}").status_code == 404
    assert client.post(f"{SETTINGS}/channels/{channel.pk}/log/{sent.pk}/again").status_code == 404
    assert Delivery.objects.get().state == Delivery.State.SENT


def test_a_digest_whose_topic_is_gone_opens_and_says_that_there_is_nothing(browser: Browser, topic: Topic):
    one = Digest.objects.create(name="周报", language="zh-hans")
    one.topics.add(topic)
    topic.delete()
    client = browser("analyst", language="zh-hans")
    assert client.get(f"{SETTINGS}/digests/{one.pk}").status_code == 200
    assert "没有可说的" in words_of(client.get(f"{SETTINGS}/digests/{one.pk}/now"))


def test_how_many_customers_wait_is_told_to_those_who_may_see_cases(browser: Browser):
    department = Department.objects.get(key="support")
    one, now = Digest.objects.create(name="周报", department=department), timezone.now()
    sections = [
        {"heading": "等位", "sentences": [{"text": "三百人谈到", "address": ""}]},
        {"heading": "关怀", "sentences": [{"text": "七位顾客在等", "address": ""}], "needs": "see_cases"},
    ]
    issue = DigestIssue.objects.create(
        digest=one,
        since=now - timedelta(days=7),
        until=now,
        language="zh-hans",
        title="周报",
        sections=sections,
    )
    address = f"{SETTINGS}/digests/{one.pk}/issues/{issue.pk}"
    for role, told in (("viewer", False), ("agency", False), ("analyst", False), ("admin", True)):
        page = words_of(browser(role).get(address))
        assert "三百人谈到" in page
        assert ("七位顾客在等" in page) is told, role


def test_a_channel_is_kept_with_its_secret_sealed(browser: Browser, receiver: Receiver):
    data = {"o-address": f"http://{receiver.host}/in", "o-secret": SECRET, "o-name": "值班"}
    answer = browser("analyst").post(f"{SETTINGS}/channels/new/webhook", data, follow=True)
    channel = Channel.objects.get()
    assert channel.name == "值班"
    assert SECRET not in str(Channel.objects.values().get())
    assert SECRET not in words_of(answer)
    assert opened(channel.sealed) == {"secret": SECRET}


def test_a_blank_secret_stays_and_does_not_follow_to_another_server(
    browser: Browser, channel: Channel, receiver: Receiver
):
    client, place = browser("analyst", language="zh-hans"), f"{SETTINGS}/channels/{channel.pk}/change"
    same = {"o-address": channel.options["address"], "o-secret": "", "o-name": "值班"}
    assert client.post(place, same).status_code == 302
    assert opened(Channel.objects.get().sealed) == {"secret": SECRET}
    elsewhere = {**same, "o-address": f"http://{receiver.host}/elsewhere"}
    answer = client.post(place, elsewhere)
    assert answer.status_code == 422
    assert "请重新填写" in words_of(answer)
    assert "请重新填写" in words_of(client.post(place.replace("change", "check"), elsewhere))
    assert client.post(place, {**elsewhere, "o-secret": "another-long-secret"}).status_code == 302


def test_a_channel_whose_secrets_cannot_be_opened_is_mended_by_entering_them(
    browser: Browser, channel: Channel
):
    Channel.objects.update(sealed="of another key")
    data = {"o-address": channel.options["address"], "o-secret": "another-long-secret", "o-name": "Desk"}
    place = f"{SETTINGS}/channels/{channel.pk}/change"
    assert browser("analyst").post(place, data).status_code == 302
    assert opened(Channel.objects.get().sealed) == {"secret": "another-long-secret"}


@pytest.mark.parametrize(
    ("language", "statuses", "said"),
    [
        ("en", [], "The test message was delivered."),
        ("zh-hans", [], "测试消息已送达。"),
        ("zh-hans", [503], "暂时无法接收消息"),
    ],
)
def test_a_test_says_whether_it_arrived(
    browser: Browser, channel: Channel, receiver: Receiver, language: str, statuses: list[int], said: str
):
    receiver.statuses = statuses
    client = browser("analyst", language=language)
    assert said in words_of(client.post(f"{SETTINGS}/channels/{channel.pk}/test", follow=True))


def test_an_address_inside_the_network_is_refused(browser: Browser, settings: Any, channel: Channel):
    Channel.objects.update(options={"address": "https://127.0.0.1:9/in"})
    page = words_of(browser("analyst").post(f"{SETTINGS}/channels/{channel.pk}/test", follow=True))
    assert "Nothing is sent to 127.0.0.1" in page


def test_a_message_of_the_log_is_sent_again_and_its_words_are_no_markup(
    browser: Browser, channel: Channel, delivery: Callable[..., Delivery]
):
    sent, client = delivery(), browser("analyst")
    page = words_of(client.get(f"{SETTINGS}/channels/{channel.pk}"))
    assert "&lt;b&gt;投诉&lt;/b&gt;" in page
    assert client.post(f"{SETTINGS}/channels/{channel.pk}/log/{sent.pk}/again").status_code == 302
    assert Delivery.objects.get().state == Delivery.State.WAITING
    other = Channel.objects.create(name="Other", sink="webhook")
    assert client.post(f"{SETTINGS}/channels/{other.pk}/log/{sent.pk}/again").status_code == 404


@pytest.fixture
def feed(db: None) -> Channel:
    """A feed channel."""
    options = {"title": "等位", "entries": "50"}
    return Channel.objects.create(name="Feed", sink="rss", options=options, sealed=seal({}))


def test_the_feed_is_read_by_whoever_knows_its_address_and_unchanged_is_not_sent_again(
    feed: Channel, delivery: Callable[..., Delivery]
):
    delivery(feed)
    delivery(feed, key="alert-2", state=Delivery.State.WAITING)
    answer = Client().get(feed_path(feed))
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert len(Xml.fromstring(answer.content).findall("{http://www.w3.org/2005/Atom}entry")) == 1
    for known in (answer["ETag"], f"W/{answer['ETag']}", f'"other", {answer["ETag"]}'):
        assert Client().get(feed_path(feed), headers={"If-None-Match": known}).status_code == 304
    assert Client().get(f"{feed_path(feed)}?again=1").content == answer.content
    delivery(feed, key="alert-3")
    assert Client().get(feed_path(feed), headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_a_feed_that_is_guessed_removed_or_none_is_not_found(feed: Channel, channel: Channel):
    path = feed_path(feed)
    assert Client().post(path).status_code == 405
    assert Client().get(path.replace(path[-10], "0" if path[-10] != "0" else "1")).status_code == 404
    assert Client().get(feed_path(channel)).status_code == 404
    Channel.objects.filter(pk=feed.pk).update(options={"entries": "many"})
    assert Client().get(path).status_code == 404
    Channel.objects.filter(pk=feed.pk).update(removed=True)
    assert Client().get(path).status_code == 404
