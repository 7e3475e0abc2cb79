"""Single cells, and which header name is which field."""

from __future__ import annotations

import pytest

from outlisten.posts.files import cells
from outlisten.posts.files.column_names import guess


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", 12),
        ("1,204", 1204),
        ("3.4K", 3400),
        ("1.2万", 12_000),
        ("10万+", 100_000),
        ("2亿", 200_000_000),
        ("12.0", 12),
        (7, 7),
        (7.0, 7),
        ("0", 0),
        ("", None),
        ("赞", None),
        ("-1", None),
        (-1, None),
        (None, None),
        (float("nan"), None),
        (True, None),
        ("9" * 30, None),
    ],
)
def test_a_count_is_a_number_or_missing_and_never_zero_for_nothing(cell, value):
    assert cells.count(cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("en", "en"),
        ("zh_CN", "zh-CN"),
        ("English", "en"),
        ("简体中文", "zh-Hans"),
        ("und", None),
        ("qme", None),
        ("", None),
    ],
)
def test_a_language_is_a_tag_or_missing(cell, value):
    assert cells.language(cell) == value


@pytest.mark.parametrize(
    ("cell", "value"), [("4.5", 4.5), ("5星", 5.0), ("4/5", 4.0), ("好评", None), (3, 3.0)]
)
def test_a_rating_is_the_first_number(cell, value):
    assert cells.rating(cell) == value


@pytest.mark.parametrize(
    ("url", "network"),
    [
        ("https://m.weibo.cn/1", "weibo"),
        ("https://x.com/a", "x"),
        ("https://notx.com/a", None),
        ("not a url", None),
    ],
)
def test_the_network_is_told_by_the_host_and_its_parents(url, network):
    assert cells.platform_of_site(cells.host(url)) == network


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (
            "内容 作者 时间 点赞数 评论数 转发数 链接",
            {
                "text": "内容",
                "author": "作者",
                "created_at": "时间",
                "likes": "点赞数",
                "comments": "评论数",
                "shares": "转发数",
                "url": "链接",
            },
        ),
        (
            "微博正文 发布时间 转发 评论 赞 IP属地 用户昵称",
            {
                "text": "微博正文",
                "created_at": "发布时间",
                "shares": "转发",
                "comments": "评论",
                "likes": "赞",
                "region": "IP属地",
                "author": "用户昵称",
            },
        ),
        (
            "Tweet Id|Full Text|Created At|Like Count|user.screen_name",
            {
                "native_id": "Tweet Id",
                "text": "Full Text",
                "created_at": "Created At",
                "likes": "Like Count",
                "author_handle": "user.screen_name",
            },
        ),
        ("label|review", {"text": "review"}),
        ("foo|bar", {}),
    ],
)
def test_columns_are_recognised_by_name_in_both_languages(columns, expected):
    assert guess(columns.split("|") if "|" in columns else columns.split()) == expected


def test_a_missing_count_stays_missing(file, read):
    found = read(file("正文,点赞数,评论数,链接\n好用,,3,https://weibo.com/1/abc\n一般,0,,\n"))
    assert found.column("likes") == [None, 0]
    assert found.column("comments") == [3, None]
    assert found.column("platform") == ["weibo", "file"]
    assert found.column("site") == ["weibo.com", None]
