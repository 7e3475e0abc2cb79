"""Words of posts are words in Markdown: shown as they are by a real reader of Markdown, linked and called by none."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt
from tests.sinks.sending import HOSTILE, hostile

from outlisten.sinks.likenesses import nobody_called, plain
from outlisten.sinks.markdown import escaped, written
from outlisten.sources.html_text import html_text, links


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("*粗*", r"\*粗\*"),
        ("[点我](javascript:1)", r"\[点我\]\(javascript\:1\)"),
        ("# 标题", r"\# 标题"),
        ("1. 一", r"1\. 一"),
        ("a\\b", r"a\\b"),
        ("中文，没有记号。", "中文，没有记号。"),
        ("@谁 #12", "\\@\u200b谁 \\#\u200b12"),
        ("https://a.example", "https\\:\\/\\/\u200ba\\.example"),
        ("www.a.example GH-7", "www\\.\u200ba\\.example GH\\-\u200b7"),
    ],
)
def test_what_would_be_markup_has_a_backslash(words, written):
    assert escaped(words) == written


def test_a_backslash_before_each_sign_gives_the_same_words_back():
    """CommonMark 0.31, 2.4: any ASCII punctuation may be escaped, and then stands for itself."""
    back = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped(HOSTILE)).replace("\u200b", "")
    assert back == HOSTILE


def test_likenesses_keep_the_words_readable():
    assert plain("<b>**[点](u)**") == "＜b＞＊＊［点］(u)＊＊"
    assert nobody_called("a@b.c #1 # @") == "a@\u200bb.c #\u200b1 # @"


@pytest.mark.parametrize("dialect", ["commonmark", "js-default"])
@pytest.mark.parametrize(
    "words",
    [
        HOSTILE,
        "# 标题",
        "> 引用",
        "1. 一",
        "- 二",
        "    code",
        "---",
        "|a|b|",
        "```",
        "<!-- x",
        "&amp;",
        "a  ",
        "[x]: https://e.example",
    ],
)
def test_a_real_reader_of_markdown_shows_the_words_and_nothing_else(dialect, words):
    """js-default has tables and strikethrough beside CommonMark, as GitHub and Chatwoot do."""
    html = MarkdownIt(dialect).render(escaped(" ".join(words.split())))
    assert re.findall(r"<(\w+)", html) == ["p"]
    assert html_text(html).replace("\u200b", "") == " ".join(words.split())


def test_a_real_reader_of_markdown_finds_our_links_alone():
    html = MarkdownIt("js-default").render(written(hostile()))
    assert set(re.findall(r"<(\w+)", html)) == {"p", "a"}
    assert [one.split("#")[0] for one in links(html)] == [
        "https://example.org/%22%3E%3Cscript%3E%7Cx%29*_~/%E4%B8%80", "https://listen.example/alerts/7",
    ]  # fmt: skip
