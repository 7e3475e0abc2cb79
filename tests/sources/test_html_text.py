"""The words of HTML as a reader sees them, whatever was sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outlisten.sources.html_text import LONGEST, html_text, links


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("我们先听，再说。", "我们先听，再说。"),
        ("  plain words\n\nwith lines  ", "plain words\n\nwith lines"),
        ("I <3 充电宝 & 1 < 2", "I <3 充电宝 & 1 < 2"),
        ("AT&T；R&D", "AT&T；R&D"),
        ("<p>第一段</p><p>第二段</p>", "第一段\n\n第二段"),
        ("第一行<br>第二行<br/>第三行", "第一行\n第二行\n第三行"),
        ("<p>two\n   lines of\tsource</p>", "two lines of source"),
        ("<p>中文<b>粗体</b>不加空格</p>", "中文粗体不加空格"),
        ("<p>one <i>word</i>, then</p>", "one word, then"),
        ("<ul><li>召回<li>退款</ul>完", "召回\n退款\n\n完"),
        ("<ol><li>one</li>\n<li>two</li></ol>", "one\ntwo"),
        (
            "<table><tr><th>品牌</th><th>价格</th></tr><tr><td>甲</td><td>12</td></tr></table>",
            "品牌 价格\n甲 12",
        ),
        ("<table><tr><td>a</td></tr></table>after", "a\n\nafter"),
        ("<pre>第一行\n  第二行</pre>", "第一行\n第二行"),
        ("<blockquote>引用</blockquote>回复", "引用\n\n回复"),
        ("<h1>标题</h1>正文", "标题\n\n正文"),
        ("<dl><dt>词</dt><dd>义</dd></dl>", "词\n义"),
        ('<img src="a.png" alt="一只小猫">好看', "一只小猫好看"),
        ('<p><img src="a.png"></p>', ""),
        ("&lt;b&gt; 是标签 &amp; 不是粗体", "<b> 是标签 & 不是粗体"),
        ("caf&eacute; &#x4F60;&#22909;&nbsp;&#128512;", "café 你好 😀"),
        ("<p>逗号，句号。</p>\n\n\n\n<p>空行不多</p>", "逗号，句号。\n\n空行不多"),
        ("<math><mi>a</mi><mo>+</mo><mn>2</mn><mtext>倍</mtext></math>", "a+2倍"),
        ("<o:p>Word</o:p> <custom-tag>自定义</custom-tag>", "Word 自定义"),
        ("<html><head><title>页</title></head><body><p>正文</p></body></html>", "正文"),
        ("<head><title>page</title></head><body>words</body>", "words"),
        ("<html><body>一</body><body>二</body></html>", "一二"),
        ('<?xml version="1.0" encoding="UTF-8"?><p>声明之后</p>', "声明之后"),
        ("<!DOCTYPE html><p>doctype", "doctype"),
        ("<p>没有关上<b>的标签", "没有关上的标签"),
        ("</p></div>关了没开的", "关了没开的"),
        ("<p lang=zh>属性</p>", "属性"),
        ("<p>\ud83d半个</p>", "半个"),
        ("<p>控&#1;制&#x1f;字&#0;符&#xfffe;</p>", "控制字符"),
        ("<p>太&#x110000;高&#99999999;了&#x1F600</p>", "太高了😀"),
        ("<p>控制\x00字\x08符\ufffe</p>", "控制字符"),
    ],
)
def test_the_text_of_html_is_what_a_reader_sees(source, text):
    assert html_text(source) == text


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert('坏')</script>好",
        "<SCRIPT SRC=//evil.example></SCRIPT>好",
        "<style>p{color:red}</style>好",
        "<template><p>坏</p></template>好",
        "<noscript>坏</noscript>好",
        "<iframe srcdoc='<p>坏</p>'>坏</iframe>好",
        "<object data=x>坏</object>好",
        "<svg><script>坏</script><text>坏</text></svg>好",
        "<math><annotation encoding='application/x-tex'>坏</annotation></math>好",
        "<!-- 坏 -->好",
        "<!--[if IE]>坏<![endif]-->好",
        "<p onclick='坏()'>好</p>",
        "<a href='javascript:坏()'>好</a>",
        "好<script>坏",
    ],
)
def test_what_a_reader_does_not_see_is_dropped(source):
    assert html_text(source) == "好"


@pytest.mark.parametrize(
    "source",
    [
        "<", "<a", "</", "<!", "<!--", "<!-->", "<![CDATA[", "<?", "&#;", "&#x;", "&#99999999;", "<a b='", '<a b="',
        "<frameset><frame></frameset>", "<html></html>", "<body>", "<!DOCTYPE", "<p><p><p>", "<table><table>", "<\0>",
        "<p \ud800=1>", "<svg/><math/>", "<plaintext>", "<textarea>", "<select><option>", "<xmp>", "<b" * 1000, "<![if" * 50,
    ],
)  # fmt: skip
def test_broken_html_is_some_text_and_no_crash(source):
    assert isinstance(html_text(source), str)
    assert isinstance(links(source), list)


@pytest.mark.parametrize(
    "tag", ["div", "b", "pre", "blockquote", "table><tr><td", "ul><li", "font", "a href=x", "svg", "p"]
)
def test_ten_thousand_levels_keep_what_stands_before_them(tag):
    deep = f"<p>前文</p>{f'<{tag}>' * 10_000}深处{f'</{tag}>' * 10_000}"
    assert html_text(deep).startswith("前文")
    assert links(deep) == []


def test_a_thousand_levels_keep_everything():
    assert html_text("前" + "<div>" * 1000 + "深" + "</div>" * 1000 + "后") == "前\n\n深\n\n后"


@pytest.mark.parametrize(
    "source",
    ["<p>字</p>" * 50_000, "字" * 2_500_000, "<" * 2_500_000, "&amp;" * 500_000, "<pre>" * 20_000 + "x",
     "<a " + "a=1 " * 500_000 + ">x", "<p>" + "长" * 2_500_000],
    ids=lambda source: source[:6],
)  # fmt: skip
def test_huge_input_is_taken_without_harm(source):
    assert len(html_text(source)) <= max(LONGEST, len(source))


def test_a_huge_piece_of_html_is_cut_where_it_is_too_long():
    assert html_text("<p>头</p>" + "<b>字</b>" * 400_000).count("字") == pytest.approx(
        (LONGEST - 8) / 8, abs=1
    )


@pytest.mark.parametrize(
    ("source", "addresses"),
    [
        (
            '<a href="https://a.example/1">一</a> <a href="http://b.example">b</a>',
            ["https://a.example/1", "http://b.example"],
        ),
        ('<a href="https://a.example/1">一</a><a href="https://a.example/1">又</a>', ["https://a.example/1"]),
        ('<A HREF=" https://例子.公司/路径 ">中文</A>', ["https://例子.公司/路径"]),
        ('<a href="https://a.example/?x=1&amp;y=2">q</a>', ["https://a.example/?x=1&y=2"]),
        ('<a href="/relative">r</a><a href="#top">t</a><a>none</a>', []),
        (
            '<a href="javascript:alert(1)">坏</a><a href="data:text/html,x">坏</a><a href="mailto:me@a.example">m</a>',
            [],
        ),
        ("https://a.example 没有标签", []),
        ('<img src="https://a.example/i.png"><link href="https://a.example/l">', []),
        ("", []),
    ],
)
def test_links_are_the_web_addresses_that_are_linked_to_each_once(source, addresses):
    assert links(source) == addresses


@given(st.text())
def test_text_without_a_tag_or_a_reference_stays_as_it_is(text):
    plain = text.replace("<", "〈").replace("&", "＆")
    assert html_text(plain) == plain.strip()


pieces = st.lists(
    st.sampled_from(["<p>", "</p>", "<br>", "<b>", "<table>", "<td>", "<script>", "</script>", "<!--", "-->", "<pre>", "&lt;",
                     "<a href='https://a.example'>", "好", "word ", "\n", "<svg>", "<title>", "<body>", "<html>", "]]>"]),
    max_size=25,
).map("".join)  # fmt: skip


@given(pieces)
def test_whatever_tags_come_there_is_text_without_them(source):
    text = html_text(source)
    assert "<p>" not in text
    assert "<td>" not in text
    assert text == text.strip()
    assert "\n\n\n" not in text
