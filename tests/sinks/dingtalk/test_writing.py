"""DingTalk's Markdown holds words of posts without its signs, signed as DingTalk describes, within what it takes."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from tests.sinks.sending import answers, hostile, long, message

from outlisten.sinks.dingtalk.sink import DingTalk
from outlisten.sinks.dingtalk.writing import MOST, length, payload, signed
from outlisten.sources.problems import SourceProblem


def text(one, **given):
    return payload(one, **given)["markdown"]["text"]


def test_a_message_is_a_heading_its_sentences_and_links():
    assert payload(message(urgent=True)) == {
        "msgtype": "markdown",
        "markdown": {
            "title": "【紧急】充电宝：负面声音增多",
            "text": "### 【紧急】充电宝：负面声音增多\n\n三小时内 42 条，平时 6 条。 [最早的一条](https://example.org/p/1?a=1&b=2)"
            "\n\n[在 Outlisten 中查看](https://listen.example/alerts/7)",
        },
    }


def test_a_signature_is_the_one_that_dingtalk_describes():
    """By `printf '1700000000000\\nthis is secret' | openssl dgst -sha256 -hmac 'this is secret' -binary | base64`."""
    told = signed("this is secret", datetime.fromtimestamp(1_700_000_000, UTC))
    assert told == {"timestamp": "1700000000000", "sign": "sSFWELbV2YwjdDQhWZwTcWlX5BWUx5J6TPpsZmuPii0="}


def test_the_signature_goes_into_the_address_encoded_beside_the_token():
    told = answers("dingtalk")
    channel = told.channel()
    told.sink(DingTalk, channel).deliver(message())
    (request,) = channel.asked
    assert request.url.params["access_token"] == "0123456789abcdefsecret"
    assert re.fullmatch(r"[A-Za-z0-9+/]{43}=", request.url.params["sign"])


def test_a_post_is_no_markup_and_calls_nobody():
    made = payload(hostile())
    assert set(made) == {"msgtype", "markdown"}, "there is no `at`"
    shown = made["markdown"]["text"]
    assert re.findall(r"\]\(([^)]*)\)", shown) == [
        "https://example.org/%22%3E%3Cscript%3E%7Cx%29*_~/一", "https://listen.example/alerts/7",
    ]  # fmt: skip
    words = re.sub(r"\]\([^)]*\)", "", shown).replace("### ", "", 1)
    assert not re.search(r"[<>*_`~|#]", words)
    assert shown.count("[") == 2


@pytest.mark.parametrize(("keyword", "added"), [("舆情", True), ("充电宝", False), ("", False)])
def test_a_keyword_is_added_where_the_message_does_not_hold_it(keyword, added):
    assert text(message(), keyword=keyword).endswith(f"\n\n{keyword}") == added or not keyword


def test_a_long_message_keeps_to_the_limit_and_says_where_the_rest_is():
    made = payload(long(title="长" * 900))
    assert MOST - 500 < length(made) <= MOST
    assert "…\n\n完整内容请在 Outlisten 中查看。\n\n[在 Outlisten 中查看]" in made["markdown"]["text"]


def test_a_missing_keyword_is_told_as_such():
    told = answers("dingtalk")
    channel = told.channel(next(case for case in told.cases if case["name"] == "no keyword"))
    with pytest.raises(SourceProblem, match="asks for a keyword") as found:
        told.sink(DingTalk, channel).deliver(message())
    assert "机器人要求关键词" in found.value.text("zh-hans")
