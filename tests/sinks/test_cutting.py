"""Cut messages keep their beginning, end in an ellipsis, and say where the rest is."""

from __future__ import annotations

import pytest
from tests.sinks.sending import message

from outlisten.sinks.cutting import characters, cut, fitted, utf8_bytes, utf16_units
from outlisten.sinks.message import Line


def written(one):
    return "\n".join([one.title, *(line.text for line in one.lines), one.url])


@pytest.mark.parametrize(
    ("text", "most", "size", "shown"),
    [
        ("short", 5, characters, "short"),
        ("longer", 5, characters, "long…"),
        ("充电宝鼓包", 4, characters, "充电宝…"),
        ("充电宝", 9, utf8_bytes, "充电宝"),
        ("充电宝鼓包", 10, utf8_bytes, "充电…"),
        ("😀😀😀", 5, utf16_units, "😀😀…"),
        ("ok 👩🏽\u200d🔧x", 5, characters, "ok…"),
        ("e\u0301e\u0301e\u0301", 4, characters, "e\u0301…"),
        ("好", 0, characters, "…"),
    ],
)
def test_a_text_is_cut_between_signs(text, most, size, shown):
    assert cut(text, most, size) == shown


def test_a_message_that_fits_stays_whole():
    one = message(Line("一句"), Line("two"))
    assert fitted(one, written, lambda text: len(text) <= 500) == written(one)


@pytest.mark.parametrize("size", [characters, utf8_bytes, utf16_units])
@pytest.mark.parametrize("most", [120, 333, 1000, 4096])
def test_a_long_message_is_as_long_as_it_may_be_and_says_where_the_rest_is(size, most):
    one = message(*(Line(f"第{number}句：充电宝又鼓包了😀，比上次还要严重。") for number in range(400)))
    cut_one = fitted(one, written, lambda text: size(text) <= most)
    assert most - 60 < size(cut_one) <= most
    assert "完整内容请在 Outlisten 中查看。\nhttps://listen.example/alerts/7" in cut_one
    assert cut_one.startswith("充电宝：负面声音增多\n第0句")


def test_one_endless_sentence_is_cut_inside():
    one = message(Line("啊" * 9000), locale="en")
    lines = fitted(one, written, lambda text: len(text) <= 300).split("\n")
    assert lines[1].endswith("啊…")
    assert lines[2] == "There is more of this in Outlisten."


def test_what_never_fits_is_written_as_short_as_can_be():
    assert "完整内容" in fitted(message(Line("一"), Line("二")), written, lambda _: False)
    assert "完整内容" in fitted(message().saying(), written, lambda _: False)
