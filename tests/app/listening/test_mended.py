"""Queries of other tools in the query box: written as they are here, at one press."""

from __future__ import annotations

import re
from html import unescape

import pytest

PART = {"HX-Request": "true"}
pytestmark = pytest.mark.usefixtures("posts", "archive")


def box(client, typed: str) -> str:
    return unescape(client.get("/listen/check", {"q": typed}, headers=PART).content.decode())


@pytest.mark.parametrize(
    ("language", "button", "reason"),
    [
        ("en", "Write it as here", "This is another tool's way of writing."),
        ("zh-hans", "按这里的写法改写", "这是其他工具的写法"),
    ],
)
def test_a_pasted_query_is_rewritten_whole_and_each_reason_said_once(browser, language, button, reason):
    part = box(
        browser("viewer", language=language), "min_faves:100 电池 NEAR 鼓包 is:retweet titel:a titel:b"
    )
    assert 'data-write="likes:>=100 电池 NEAR/s 鼓包 is:repost title:a title:b"' in part
    assert button in part
    reasons = re.findall(r"<li>(.*?)</li>", part)
    assert len(reasons) == len(set(reasons)) >= 3


def test_a_mistake_without_a_suggestion_offers_nothing(browser):
    assert "data-write" not in box(browser("viewer"), "(queue")


def test_a_hint_keeps_its_own_button(browser):
    assert 'data-write="a OR (b c)"' in box(browser("viewer"), "a OR b c")
