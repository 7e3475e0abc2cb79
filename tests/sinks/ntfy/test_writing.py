"""Notifications hold words of posts as plain words, in 4,096 bytes."""

from __future__ import annotations

import json

import pytest
from tests.sinks.sending import HOSTILE, Channel, answers, hostile, long, message

from outlisten.sinks.message import Line, Link
from outlisten.sinks.ntfy.sink import Ntfy
from outlisten.sinks.ntfy.writing import MOST, WHOLE, payload
from outlisten.sources.problems import WrongOption


def test_a_message_is_words_buttons_and_a_tap():
    assert payload(message(), "brand") == {
        "topic": "brand", "title": "充电宝：负面声音增多", "message": "三小时内 42 条，平时 6 条。", "priority": 3,
        "tags": ["speech_balloon"], "click": "https://listen.example/alerts/7",
        "actions": [{"action": "view", "label": "最早的一条", "url": "https://example.org/p/1?a=1&b=2"}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "priority"), [({"urgent": True}, 5), ({"kind": "digest"}, 2), ({"kind": "test"}, 3), ({}, 3)]
)
def test_what_is_urgent_rings_and_a_digest_does_not(given, priority):
    assert payload(message(**given), "brand")["priority"] == priority


def test_a_post_is_no_markdown_and_no_button_of_another_kind():
    made = payload(hostile(), "brand")
    assert "markdown" not in made
    assert made["message"] == " ".join(HOSTILE.split())
    assert {one["action"] for one in made["actions"]} == {"view"}
    assert made["actions"][0]["url"] == "https://example.org/%22%3E%3Cscript%3E%7Cx%29*_~/一"


@pytest.mark.parametrize(
    "one",
    [
        long(title="长" * 900),
        message(Line("😀" * 5000)),
        message(
            *(
                Line('"\\' * 300, (Link("看" * 300, f"https://example.org/{'a' * 460}/{n}"),))
                for n in range(9)
            )
        ),
        message(Line("看", (Link("远", "https://example.org/" + "a" * 900),))),
    ],
    ids=["long", "pictures", "quotes", "address"],
)
def test_a_long_message_keeps_to_its_bytes(one):
    made = payload(one, "brand")
    assert len(made["message"].encode()) <= MOST
    assert len(json.dumps(made, ensure_ascii=False).encode()) <= WHOLE
    assert len(made.get("actions", [])) <= 3
    assert made["click"] == "https://listen.example/alerts/7"


def test_a_cut_message_says_so():
    assert payload(long(), "brand")["message"].endswith("…\n完整内容请在 Outlisten 中查看。")


@pytest.mark.parametrize("topic", ["../v1/account", "a b", "主题", "x" * 65])
def test_what_is_no_topic_is_refused_without_being_shown(topic):
    with pytest.raises(WrongOption) as found:
        Channel({}).sink(Ntfy, {}, {"topic": topic})
    assert topic not in str(found.value)
    assert found.value.text("zh-hans") == "主题：主题只能包含字母、数字、- 和 _" or topic == "主题"


def test_a_token_goes_along_where_there_is_one():
    told = answers("ntfy")
    with_token, without = told.channel(), told.channel()
    told.sink(Ntfy, with_token).deliver(message())
    without.sink(Ntfy, told.options, {"topic": "brand"}).deliver(message())
    assert with_token.asked[0].headers["authorization"] == "Bearer tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2"
    assert "authorization" not in without.asked[0].headers
