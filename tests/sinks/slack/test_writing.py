"""Blocks of Slack hold words of posts as words, within Slack's limits."""

from __future__ import annotations

import json
import re

import pytest
from tests.sinks.sending import HOSTILE, Channel, answers, hostile, long, message

from outlisten.sinks.message import Line, Link
from outlisten.sinks.slack.sink import Slack
from outlisten.sinks.slack.writing import BLOCK, MOST, MOST_BLOCKS, TITLE, escaped, payload
from outlisten.sources.problems import WrongOption


def marked(made):
    """Every text in which Slack reads marks."""
    return [
        one["text"]
        for block in made["blocks"]
        for one in block.get("elements", [])
        if one["type"] == "mrkdwn"
    ]


def test_a_message_is_a_header_its_sentences_and_its_links():
    assert payload(message(urgent=True)) == {
        "text": "紧急: 充电宝：负面声音增多", "mrkdwn": False, "unfurl_links": False, "unfurl_media": False,
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": "紧急: 充电宝：负面声音增多", "emoji": False}},
            {"type": "section", "text": {"type": "plain_text", "text": "三小时内 42 条，平时 6 条。", "emoji": False}},
            {"type": "context", "elements": [
                {"type": "mrkdwn", "text": "<https://example.org/p/1?a=1&amp;b=2|最早的一条>", "verbatim": True}]},
            {"type": "context", "elements": [
                {"type": "mrkdwn", "text": "<https://listen.example/alerts/7|在 Outlisten 中查看>", "verbatim": True}]},
        ],
    }  # fmt: skip


def test_a_post_mentions_nobody_and_formats_nothing():
    made = payload(hostile())
    for text in [made["text"], *marked(made)]:
        assert not re.search(r"<(?!https://(example\.org|listen\.example)/)", text), text
        assert "<!channel" not in text
    assert all(not re.search(r"[*_~`]", text.split("|", 1)[1]) for text in marked(made))
    sentences = [block["text"] for block in made["blocks"] if block["type"] == "section"]
    assert sentences == [{"type": "plain_text", "text": " ".join(HOSTILE.split()), "emoji": False}]


@pytest.mark.parametrize(
    ("words", "written"),
    [("<!channel> & 好", "&lt;!channel&gt; &amp; 好"), ("&lt;", "&amp;lt;"), ("a|b", "a|b")],
)
def test_three_signs_are_escaped_and_no_other(words, written):
    assert escaped(words) == written


@pytest.mark.parametrize(
    "one",
    [
        long(title="长" * 900, urgent=True),
        message(Line("啊" * 20_000)),
        message(
            *(Line(f"第{number}句", (Link("看", f"https://example.org/{number}"),)) for number in range(90))
        ),
        message(
            Line("看", tuple(Link("看" * 300, f"https://example.org/{'a' * 900}/{n}") for n in range(20)))
        ),
        message(Line("", (Link("", "https://example.org/" + "a" * 5000),))),
    ],
    ids=["long", "endless", "many", "links", "address"],
)
def test_a_long_message_keeps_to_the_limits_and_links_to_the_rest(one):
    made = payload(one)
    assert len(made["blocks"]) <= MOST_BLOCKS
    assert all(
        len(block["text"]["text"]) <= (TITLE if block["type"] == "header" else BLOCK)
        for block in made["blocks"]
        if "text" in block
    )
    assert all(len(text) <= BLOCK for text in marked(made))
    assert len(json.dumps(made, ensure_ascii=False)) < 2 * MOST
    assert marked(made)[-1].startswith("<https://listen.example/alerts/7|")


def test_a_cut_message_says_so():
    assert "完整内容请在 Outlisten 中查看。" in json.dumps(payload(long()), ensure_ascii=False)
    assert payload(message(Line("啊" * 20_000)))["blocks"][1]["text"]["text"].endswith("…")


@pytest.mark.parametrize(
    "hook", ["hooks.slack.com/services/x", "ftp://hooks.slack.com/", "https://", "https://a b/"]
)
def test_a_hook_that_is_no_address_is_refused_without_being_shown(hook):
    with pytest.raises(WrongOption) as found:
        Channel({}).sink(Slack, {}, {"hook": hook})
    assert found.value.text("zh-hans") == "Webhook 地址：这不是网址"
    assert hook not in str(found.value)


def test_a_hook_goes_unencrypted_to_a_server_of_ones_own_only():
    hook = {"hook": "http://chat.internal:8065/hooks/abc"}
    with pytest.raises(WrongOption, match="https"):
        Channel({}).sink(Slack, {}, hook)
    channel = Channel({"POST /hooks/abc": {"text": "ok"}})
    assert channel.sink(Slack, {}, hook, own=["chat.internal:8065"]).deliver(message())
    assert answers("slack")
