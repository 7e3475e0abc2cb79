"""The text of strangers, shown safely."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from outlisten.app.web.hostile_text import marked, shown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("等了两个小时", "等了两个小时"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a\x00b", "a␀b"),
        ("a\x1bb", "a␛b"),
        ("a\x7fb\x85c", "a␡b\ufffdc"),
        ("半个\ud83d表情", "半个\ufffd表情"),
        ("一\n二\t三", "一\n二\t三"),
        ("\u202eevil", "\u202eevil"),
        ("零\u200b宽", "零\u200b宽"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
    ],
)
def test_text_is_escaped_and_unprintable_characters_are_made_visible(text: str, html: str) -> None:
    assert shown(text) == html


@pytest.mark.parametrize(
    ("text", "spans", "html"),
    [
        ("等了两个小时", [(2, 6)], "等了<mark>两个小时</mark>"),
        ("a<b>c", [(1, 4)], "a<mark>&lt;b&gt;</mark>c"),
        ("叫号系统", [(0, 2), (1, 3)], "<mark>叫号系</mark>统"),
        ("queue here", [(6, 10), (0, 5)], "<mark>queue</mark> <mark>here</mark>"),
        ("short", [(3, 99), (-4, 1)], "<mark>s</mark>ho<mark>rt</mark>"),
        ("none", [(2, 2), (3, 1)], "none"),
        ("👍好评", [(1, 3)], "👍<mark>好评</mark>"),
    ],
)
def test_spans_are_marked_in_code_points(text: str, spans: list[tuple[int, int]], html: str) -> None:
    assert marked(text, spans) == html


@given(
    st.text(alphabet=st.characters(exclude_categories=[])),
    st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40))),
)
def test_no_text_and_no_spans_can_make_another_tag(text: str, spans: list[tuple[int, int]]) -> None:
    html = marked(text, spans).replace("<mark>", "").replace("</mark>", "")
    assert html == shown(text)
    assert "<" not in html
    html.encode("utf-8")


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://weibo.example/1", "https://weibo.example/1"),
        (" http://x.example ", "http://x.example"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("data:text/html,<script>", ""),
        ("//evil.example", ""),
        ("https://[half", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_only_addresses_of_the_web_become_links(address: str | None, link: str) -> None:
    page = Template("{% load shell %}{{ address|web_link }}").render(Context({"address": address}))
    assert page == link
