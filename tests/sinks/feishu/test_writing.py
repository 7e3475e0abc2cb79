"""Posts of Feishu hold words of posts as text, signed as Feishu describes, within what it takes."""

from __future__ import annotations

import json

import pytest
from tests.sinks.sending import NOW, answers, hostile, long, message

from outlisten.sinks.feishu.sink import Feishu
from outlisten.sinks.feishu.writing import MOST, length, payload, signed
from outlisten.sources.problems import SourceProblem


def post(one, locale="zh_cn", **given):
    return payload(one, now=NOW, **given)["content"]["post"][locale]


def test_a_message_is_a_post_in_its_language():
    assert post(message(urgent=True)) == {
        "title": "[紧急] 充电宝：负面声音增多",
        "content": [
            [
                {"tag": "text", "text": "三小时内 42 条，平时 6 条。"}, {"tag": "text", "text": " "},
                {"tag": "a", "text": "最早的一条", "href": "https://example.org/p/1?a=1&b=2"},
            ],
            [{"tag": "a", "text": "在 Outlisten 中查看", "href": "https://listen.example/alerts/7"}],
        ],
    }  # fmt: skip
    assert post(message(locale="en"), "en_us")["content"][-1][0]["text"] == "Open in Outlisten"


def test_a_signature_is_the_one_that_feishu_describes():
    """Worked out with `printf '' | openssl dgst -sha256 -hmac "$(printf '1599360473\\ndemo')" -binary | base64`."""
    assert signed("demo", 1_599_360_473) == {
        "timestamp": "1599360473", "sign": "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=",
    }  # fmt: skip
    assert payload(message(), secret="demo", now=NOW)["timestamp"] == str(int(NOW.timestamp()))
    assert "sign" not in payload(message(), now=NOW)


def test_a_post_mentions_nobody():
    made = payload(hostile(), now=NOW)
    elements = [one for row in made["content"]["post"]["zh_cn"]["content"] for one in row]
    assert {one["tag"] for one in elements} == {"text", "a"}
    assert "<at" not in json.dumps(made, ensure_ascii=False)
    assert "</at" not in json.dumps(made, ensure_ascii=False)
    assert [one["href"] for one in elements if one["tag"] == "a"] == [
        "https://example.org/%22%3E%3Cscript%3E%7Cx%29*_~/一", "https://listen.example/alerts/7",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("keyword", "added"), [("舆情", True), ("充电宝", False), ("", False), ("平时", False)]
)
def test_a_keyword_is_added_where_the_message_does_not_hold_it(keyword, added):
    assert (post(message(), keyword=keyword)["content"][-1] == [{"tag": "text", "text": keyword}]) == added


def test_a_long_message_keeps_to_the_limit_and_says_where_the_rest_is():
    made = payload(long(title="长" * 900), now=NOW)
    assert MOST - 500 < length(made) <= MOST
    assert "完整内容请在 Outlisten 中查看。" in json.dumps(made, ensure_ascii=False)


def test_a_missing_keyword_is_told_as_such():
    told = answers("feishu")
    channel = told.channel(next(case for case in told.cases if case["name"] == "no keyword"))
    with pytest.raises(SourceProblem, match="asks for a keyword") as found:
        told.sink(Feishu, channel).deliver(message())
    assert "机器人要求关键词" in found.value.text("zh-hans")
