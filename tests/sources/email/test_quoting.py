"""A writer's own words apart from those of the mail that is answered."""

from __future__ import annotations

import pytest

from outlisten.sources.email.quoting import parted, parted_html


@pytest.mark.parametrize(
    ("text", "own", "quoted"),
    [
        ("没有引用", "没有引用", ""),
        ("Yes.\n\nOn Mon, 30 Nov 2026 at 09:00, Care <c@b.test> wrote:\n> Is it dry?", "Yes.", "Is it dry?"),
        ("Yes.\n\nOn Mon, 30 Nov 2026 at 09:00, Care of the Brand\n<c@b.test> wrote:\n> Dry?", "Yes.", "Dry?"),
        ("干了。\n\n李雷 <l@c.test> 于2026年11月30日周一 09:00写道：\n> 干了吗？", "干了。", "干了吗？"),
        ("> 干了吗？\n干了。\n> 还漏吗？\n不漏。", "干了。\n不漏。", "干了吗？\n还漏吗？"),
        ("收到\n\n------ 原始邮件 ------\n发件人: a\n内容", "收到", "------ 原始邮件 ------\n发件人: a\n内容"),
        ("OK\n\n-----Original Message-----\nFrom: a\nold", "OK", "-----Original Message-----\nFrom: a\nold"),
        ("他在文章中写道：\n这家店很好。", "他在文章中写道：\n这家店很好。", ""),
        ("The shop wrote:\nwe are sorry", "The shop wrote:\nwe are sorry", ""),
        ("From: here on it only got worse.", "From: here on it only got worse.", ""),
        ("> 只有引用", "> 只有引用", ""),
    ],
)  # fmt: skip
def test_own_and_quoted_words_are_told_apart(text, own, quoted):
    assert parted(text) == (own, quoted)


@pytest.mark.parametrize(
    "line", [" " * 200_000, "在" * 200_000, "On 1 " * 50_000, "> " * 100_000, "-" * 200_000]
)
def test_a_line_without_an_end_is_read_quickly(line):
    assert parted(f"好\n{line}")[0].startswith("好")


def test_html_without_words_of_its_own_keeps_everything():
    assert parted_html('<blockquote type="cite">转发</blockquote>') == ("转发", "")
