"""Telegram's HTML holds words of posts escaped, in 4,096 units of UTF-16."""

from __future__ import annotations

import re

import pytest
from tests.sinks.sending import HOSTILE, Channel, answers, hostile, long, message

from outlisten.sinks.message import Line, Link
from outlisten.sinks.telegram.sink import Telegram
from outlisten.sinks.telegram.writing import MOST, escaped, payload
from outlisten.sources.html_text import html_text, links
from outlisten.sources.problems import WrongOption


def test_a_message_is_a_title_its_sentences_and_links():
    assert payload(message(urgent=True)) == {
        "text": "<b>紧急: 充电宝：负面声音增多</b>\n\n三小时内 42 条，平时 6 条。 "
        '<a href="https://example.org/p/1?a=1&amp;b=2">最早的一条</a>\n\n'
        '<a href="https://listen.example/alerts/7">在 Outlisten 中查看</a>',
        "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}, "disable_notification": False,
    }  # fmt: skip


def test_a_post_has_no_tags_and_calls_nobody():
    html = payload(hostile())["text"]
    assert set(re.findall(r"</?(\w+)", html)) == {"b", "a"}
    assert not re.search(r"@\w", html)
    assert " ".join(HOSTILE.split()) in html_text(html).replace("\u200b", "")
    assert links(html) == [
        "https://example.org/%22%3E%3Cscript%3E%7Cx%29*_~/一",
        "https://listen.example/alerts/7",
    ]


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("<b>好</b> & 坏", "&lt;b&gt;好&lt;/b&gt; &amp; 坏"),
        ("@谁", "@\u200b谁"),
        ("a@b", "a@\u200bb"),
        ("5 @ 3", "5 @ 3"),
    ],
)
def test_three_signs_are_escaped_and_a_name_is_no_mention(words, written):
    assert escaped(words) == written


@pytest.mark.parametrize(
    "one",
    [
        long(title="长" * 900), message(Line("&" * 9000)), message(Line("😀" * 5000)),
        message(*(Line("看", (Link("看" * 300, f"https://example.org/{'a' * 900}/{n}"),)) for n in range(60))),
    ],
    ids=["long", "escaped", "pictures", "links"],
)  # fmt: skip
def test_a_long_message_is_counted_as_it_is_shown(one):
    html = payload(one)["text"]
    shown = re.sub(r"<[^>]*>", "", html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert MOST - 250 < len(shown.encode("utf-16-le")) // 2 <= MOST
    assert html.endswith("在 Outlisten 中查看</a>")
    assert "完整内容请在 Outlisten 中查看。" in html


def test_a_digest_makes_no_noise():
    assert payload(message(kind="digest"))["disable_notification"]
    assert not payload(message(kind="digest", urgent=True))["disable_notification"]


@pytest.mark.parametrize(
    "token", ["gibberish", "110201543", "110201543:短", "../110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"]
)
def test_what_is_no_token_is_refused_without_being_shown(token):
    with pytest.raises(WrongOption) as found:
        Channel({}).sink(Telegram, {"chat": "1"}, {"token": token})
    assert token not in str(found.value)
    assert "令牌" in found.value.text("zh-hans")


def test_a_check_names_the_bot_and_the_chat_and_a_topic_goes_along():
    told = answers("telegram")
    channel = told.channel()
    sink = channel.sink(Telegram, {**told.options, "topic": "7"}, told.secrets)
    assert (sink.check().who, sink.check().where) == ("@brand_listening_bot", "品牌提醒")
    sink.deliver(message())
    assert (channel.sent[0]["chat_id"], channel.sent[0]["message_thread_id"]) == ("@brand_alerts", 7)


@pytest.mark.parametrize(
    ("chat", "address"),
    [({"id": -1001234567890}, "https://t.me/c/1234567890/365"), ({"id": 42}, ""), ({"id": -42}, "")],
)
def test_a_message_has_an_address_where_its_chat_has_one(chat, address):
    told = answers("telegram")
    channel = Channel({"POST *": {"json": {"ok": True, "result": {"message_id": 365, "chat": chat}}}})
    assert told.sink(Telegram, channel).deliver(message()).url == address
