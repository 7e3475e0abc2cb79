"""Thanks that somebody earned, told from polite words, irony and unsolved problems."""

from __future__ import annotations

import pytest

from outlisten.language.thanks import thanked

EARNED = [
    ("@AxiTea Thank you so much, Mei, the refund arrived this morning.", "Thank you so much"),
    ("It works now, thanks!", "thanks"),
    ("Really appreciate your help with the parcel", "Really appreciate your"),
    ("Many thanks for the quick answer.", "Many thanks"),
    ("thx, solved", "thx"),
    ("Wasn't that quick? Fixed in ten minutes, thank you", "thank you"),
    ("谢谢小林，退款已经收到了。", "谢谢"),
    ("问题解决了，非常感谢客服的耐心！", "非常感谢"),
    ("今天师傅上门修好了，辛苦了", "辛苦了"),
    ("太感谢了，包裹找回来了", "太感谢"),
    ("收到了吗？收到了，多谢！", "多谢"),
    ("麻烦你们了，谢谢", "谢谢"),
]
NOT_EARNED = [
    "Can anybody help me with my order? Thanks",
    "Thanks in advance for looking into this.",
    "Thanks for nothing.",
    "Thanks for wasting my afternoon.",
    "Thanks but it still does not work.",
    "No thanks, I will buy elsewhere.",
    "Thank god I kept the receipt.",
    "Thanks to your driver my parcel is broken.",
    "I would appreciate it if somebody answered.",
    "Thank you for calling, they said, and hung up.",
    "Where is my refund",
    "请问什么时候发货，谢谢",
    "先谢谢了，等回复",
    "我谢谢你们，等了三个小时",
    "谢谢你们的敷衍",
    "谢谢，但是问题还是没有解决",
    "麻烦尽快处理，谢谢",
    "不用谢",
    "感谢不作为的客服",
    "等位两小时，没人管",
    "",
]


@pytest.mark.parametrize(("text", "words"), EARNED)
def test_thanks_for_what_was_done_are_found(text: str, words: str) -> None:
    assert thanked(text) == words


@pytest.mark.parametrize("text", NOT_EARNED)
def test_polite_or_bitter_words_are_no_thanks(text: str) -> None:
    assert thanked(text) is None


def test_a_long_text_is_another_story() -> None:
    assert thanked("thank you " + "and then " * 300) is None
