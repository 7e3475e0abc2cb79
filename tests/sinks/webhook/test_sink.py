"""What is sent is signed, the same each time, and taken in by another Outlisten as one post."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.sinks.sending import HOSTILE, NOW, Channel, answers, hostile, long, message

from outlisten.sinks.webhook.sink import Webhook
from outlisten.sinks.webhook.writing import MOST, body
from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Fetcher, Politeness
from outlisten.sources.options import entered
from outlisten.sources.problems import AddressRefused, WrongOption
from outlisten.sources.pushing import Push
from outlisten.sources.webhook.connector import Webhook as Inbound
from outlisten.sources.webhook.proofs import WINDOW, is_signed

TOLD = answers("webhook")
SECRET = TOLD.secrets["secret"]


def sent(one, now=NOW):
    """The request that delivers a message."""
    channel = TOLD.channel()
    channel.sink(Webhook, TOLD.options, TOLD.secrets, now=now).deliver(one)
    (request,) = channel.asked
    return request


def inbound():
    wanted = [option for option in Inbound.manifest().options if not option.secret]
    return Inbound(Setting(entered(wanted, {"platform": "outlisten"}), {"secret": SECRET}, now=NOW))


@pytest.mark.parametrize("one", [message(), hostile(), long()], ids=["short", "hostile", "long"])
def test_our_own_inbound_webhook_lets_it_in_for_five_minutes_and_only_unchanged(one):
    request = sent(one)
    raw = request.read()
    assert inbound().lets_in(Push("POST", {}, request.headers, raw, NOW))
    assert not inbound().lets_in(Push("POST", {}, request.headers, raw + b" ", NOW))
    assert not is_signed(SECRET, request.headers, raw, NOW + timedelta(seconds=WINDOW + 1))
    assert not is_signed(SECRET + "!", request.headers, raw, NOW)


def test_another_outlisten_makes_one_post_of_it_however_often_it_comes():
    first, again = sent(message()), sent(message(), now=NOW + timedelta(hours=2))
    assert first.content == again.content
    assert first.headers["X-Outlisten-Signature"] != again.headers["X-Outlisten-Signature"]
    posts = [inbound().post(json.loads(request.content)) for request in (first, again)]
    assert posts[0] == posts[1]
    assert posts[0]["native_id"] == "alert-7-2026-12-01"
    assert posts[0]["title"] == "充电宝：负面声音增多"
    assert posts[0]["text"] == "三小时内 42 条，平时 6 条。"
    assert posts[0]["url"] == "https://listen.example/alerts/7"
    assert posts[0]["created_at"] == NOW


def test_the_document_is_the_documented_one():
    assert json.loads(body(message(urgent=True))) == {
        "version": 1, "id": "alert-7-2026-12-01", "kind": "alert", "title": "充电宝：负面声音增多",
        "text": "三小时内 42 条，平时 6 条。",
        "lines": [
            {"text": "三小时内 42 条，平时 6 条。", "links": [{"text": "最早的一条", "url": "https://example.org/p/1?a=1&b=2"}]}
        ],
        "url": "https://listen.example/alerts/7", "language": "zh-hans", "urgent": True,
        "created_at": "2026-12-01T12:00:00+00:00",
    }  # fmt: skip


def test_words_of_a_post_stay_words():
    assert json.loads(body(hostile()))["lines"][0]["text"] == " ".join(HOSTILE.split())


def test_a_long_message_is_cut_and_says_where_the_rest_is():
    raw = body(long())
    assert len(raw) <= MOST
    assert json.loads(raw)["lines"][-1]["text"] == "完整内容请在 Outlisten 中查看。"


def test_the_key_is_in_a_header_that_stays_the_same():
    assert sent(message(key="提醒-7\n")).headers["Idempotency-Key"] == "\\u63d0\\u9192-7\\n"


def test_a_short_secret_is_refused():
    with pytest.raises(WrongOption, match="24"):
        Channel({}).sink(Webhook, TOLD.options, {"secret": "short"})


def test_an_address_inside_a_private_network_is_not_sent_to():
    sink = Webhook(
        Setting({"address": "https://127.0.0.1:8443/x"}, TOLD.secrets, Fetcher(politeness=Politeness(0)), NOW)
    )
    with pytest.raises(AddressRefused) as found:
        sink.deliver(message())
    assert "127.0.0.1" in found.value.text("zh-hans")
