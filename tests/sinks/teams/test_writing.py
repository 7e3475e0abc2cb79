"""Cards hold words of posts as runs of text, within what Teams takes."""

from __future__ import annotations

import pytest
from tests.sinks.sending import HOSTILE, Channel, hostile, long, message

from outlisten.sinks.teams.sink import Teams
from outlisten.sinks.teams.writing import MOST, length, payload
from outlisten.sources.problems import WrongOption


def card(one):
    (attachment,) = payload(one)["attachments"]
    return attachment["content"]


def test_a_message_is_a_card_of_runs_and_one_action():
    made = card(message(urgent=True))
    assert made["body"] == [
        {"type": "RichTextBlock", "inlines": [
            {"type": "TextRun", "text": "充电宝：负面声音增多", "weight": "bolder", "size": "large", "color": "attention"}]},
        {"type": "RichTextBlock", "inlines": [
            {"type": "TextRun", "text": "三小时内 42 条，平时 6 条。"},
            {"type": "TextRun", "text": " "},
            {"type": "TextRun", "text": "最早的一条", "color": "accent",
             "selectAction": {"type": "Action.OpenUrl", "url": "https://example.org/p/1?a=1&b=2"}}]},
    ]  # fmt: skip
    assert made["actions"] == [
        {"type": "Action.OpenUrl", "title": "在 Outlisten 中查看", "url": "https://listen.example/alerts/7"}
    ]


def test_a_post_mentions_nobody_and_is_no_markdown():
    made = card(hostile())
    assert "entities" not in made["msteams"]
    kinds = {run["type"] for block in made["body"] for run in block["inlines"]}
    assert ({block["type"] for block in made["body"]}, kinds) == ({"RichTextBlock"}, {"TextRun"})
    assert made["body"][1]["inlines"][0]["text"] == " ".join(HOSTILE.split())
    addresses = [
        run["selectAction"]["url"]
        for block in made["body"]
        for run in block["inlines"]
        if "selectAction" in run
    ]
    assert addresses == ["https://example.org/%22%3E%3Cscript%3E%7Cx%29*_~/一"]


def test_a_long_message_keeps_to_the_limit_and_says_where_the_rest_is():
    made = payload(long(title="长" * 900))
    assert MOST - 500 < length(made) <= MOST
    assert card(long())["body"][-1]["inlines"][0]["text"] == "完整内容请在 Outlisten 中查看。"
    assert len(card(long(title="长" * 900))["fallbackText"]) == 300


@pytest.mark.parametrize(
    "hook",
    [
        "https://contoso.webhook.office.com/webhookb2/a@b/IncomingWebhook/c/d",
        "https://outlook.office.com/webhook/a",
    ],
)
def test_a_retired_connector_is_refused_in_both_languages(hook):
    with pytest.raises(WrongOption, match="retired") as found:
        Channel({}).sink(Teams, {}, {"hook": hook})
    assert "停用" in found.value.text("zh-hans")
