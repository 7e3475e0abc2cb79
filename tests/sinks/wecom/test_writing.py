"""WeCom's Markdown holds words of posts without its signs, in 4,096 bytes."""

from __future__ import annotations

import re

import pytest
from tests.sinks.sending import hostile, long, message

from outlisten.sinks.message import Line, Link
from outlisten.sinks.wecom.writing import MOST, payload, text


def test_a_message_is_a_title_its_sentences_and_links():
    assert payload(message(urgent=True)) == {
        "msgtype": "markdown",
        "markdown": {
            "content": '**<font color="warning">紧急</font> 充电宝：负面声音增多**\n'
            "三小时内 42 条，平时 6 条。 [最早的一条](https://example.org/p/1?a=1&b=2)\n"
            "[在 Outlisten 中查看](https://listen.example/alerts/7)"
        },
    }


def test_a_post_is_no_markup_and_calls_nobody():
    shown = text(hostile())
    assert re.findall(r"\]\(([^)]*)\)", shown) == [
        "https://example.org/%22%3E%3Cscript%3E%7Cx%29*_~/一", "https://listen.example/alerts/7",
    ]  # fmt: skip
    words = re.sub(r"\]\([^)]*\)", "", shown)
    assert not re.search(r"[<>_`~|#]", words)
    assert "＜@all＞" in shown
    assert words.count("*") == 4
    assert words.count("[") == 2


@pytest.mark.parametrize(
    "one",
    [
        long(title="长" * 900, urgent=True),
        long(locale="en"),
        message(Line("啊" * 9000)),
        message(
            *(Line("看", (Link("看" * 300, f"https://example.org/{'a' * 300}/{n}"),)) for n in range(20))
        ),
    ],
    ids=["long", "english", "endless", "links"],
)
def test_a_long_message_keeps_to_its_bytes_and_says_where_the_rest_is(one):
    shown = text(one)
    assert len(shown.encode()) <= MOST
    assert shown.endswith("](https://listen.example/alerts/7)")
    assert "完整内容请在 Outlisten 中查看。" in shown or "There is more of this in Outlisten." in shown
