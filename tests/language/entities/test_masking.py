"""Personal data goes, everything else stays."""

from __future__ import annotations

import pytest

from outlisten.language.entities import find_entities, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("海港手机坏了，打13800001234找我", "海港手机坏了，打[phone 11]找我"),
        ("退款￥200到4111 1111 1111 1111，明天", "退款￥200到[card 19]，明天"),
        ("寄到上海市世纪大道100号", "寄到[address 11]"),
        ("Mail jane@example.com or support@example.com", "Mail [email 16] or support@example.com"),
        ("Order 90-3317 cost $20 in Leeds", "Order [order 7] cost $20 in Leeds"),
        ("什么都没有 nothing here", "什么都没有 nothing here"),
        ("", ""),
    ],
)
def test_personal_data_becomes_its_kind_and_length(text: str, masked: str) -> None:
    assert mask(text, find_entities(text)) == masked


def test_a_masked_text_holds_no_personal_data() -> None:
    text = "加微信：haigang_88，身份证11010519491231002X，a.b@example.com，192.168.1.20，@harbor，+44 20 7946 0958"
    again = mask(text, find_entities(text))
    assert not [one for one in find_entities(again) if one.personal]


def test_what_stands_far_behind_is_masked_too() -> None:
    text = "很长的帖子。" * 20_000 + "打13800001234"
    assert "13800001234" not in mask(text, find_entities(text))
