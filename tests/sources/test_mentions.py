"""A text is taken when it says one of the words as a reader would see it."""

from __future__ import annotations

import pytest

from outlisten.sources.mentions import mentions


@pytest.mark.parametrize(
    ("words", "text", "said"),
    [
        ((), "anything", True),
        (("  ",), "anything", True),
        (("rust",), "I like Rust.", True),
        (("rust",), "trust me", False),
        (("C++",), "written in c++, mostly", True),
        (("red panda", "lynx"), "a LYNX", True),
        (("red panda",), "red pandas", False),
        (("小米",), "昨天买小米了", True),
        (("小米",), "大米", False),
        (("小米手機",), "小米手机不错", True),
        (("ＳＵ７",), "小米su7的刹车", True),
        (("微信 支付",), "微信支付", False),
    ],
)
def test_a_text_says_a_word_or_does_not(words, text, said):
    assert mentions(words)(text) is said
