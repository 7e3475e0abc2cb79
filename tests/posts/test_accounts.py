"""Whose posts are meant: accounts behind a name, every post of one account, and the post behind a link."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from outlisten.posts.store import Account

MAY = datetime(2026, 5, 1, tzinfo=UTC)
POSTS = (
    {"native_id": "1", "platform": "weibo", "author": "小红", "author_handle": "XiaoHong", "author_id": "77",
     "created_at": MAY, "url": "https://weibo.example/1"},
    {"native_id": "2", "platform": "weibo", "author": "小红", "author_handle": "hong_new", "author_id": "77"},
    {"native_id": "3", "platform": "weibo", "author": "别人", "author_handle": "xiaohong", "author_id": "88"},
    {"native_id": "4", "platform": "weibo", "author": "小红"},
    {"native_id": "5", "platform": "x", "author": "小红", "author_handle": "xiaohong", "created_at": MAY,
     "url": "https://x.example/5/"},
    {"native_id": "6", "platform": "x", "author_handle": "XIAOHONG"},
    {"native_id": "7", "platform": "x", "author": "it's {name:String} ' OR 1"},
)  # fmt: skip


@pytest.fixture
def filled(store, make_posts):
    store.add(make_posts(*({"text": f"帖子 {n}", **post} for n, post in enumerate(POSTS))))
    return store


def natives(store, ids):
    return sorted(store.get(identifier)["native_id"] for identifier in ids)


def test_a_name_is_found_as_handle_name_or_id_on_every_platform(filled):
    found = filled.accounts("@XiaoHong").table.to_pylist()
    assert {(a["platform"], a["author_id"], a["author_handle"]) for a in found} == {
        ("weibo", "77", "XiaoHong"), ("weibo", "88", "xiaohong"), ("x", None, "xiaohong"), ("x", None, "XIAOHONG"),
    }  # fmt: skip
    assert len(filled.accounts("小红", platform="weibo").table) == 3
    assert filled.accounts("77").table["posts"].to_pylist() == [1, 1]
    assert filled.accounts("nobody").table.num_rows == 0


@pytest.mark.parametrize(
    ("account", "theirs"),
    [
        (Account("weibo", author_id="77", handle="xiaohong"), ["1", "2"]),
        (Account("weibo", handle="xiaohong"), ["1", "3"]),
        (Account("weibo", name="小红"), ["4"]),
        (Account("x", handle="xiaohong", name="小红"), ["5", "6"]),
        (Account("x", name="it's {name:String} ' OR 1"), ["7"]),
        (Account("x", author_id="77"), []),
        (Account("weibo"), []),
    ],
)
def test_an_account_is_its_id_else_its_handle_else_its_name(filled, account, theirs):
    assert natives(filled, filled.posts_of(account)) == theirs


def test_a_post_is_found_by_its_link(filled):
    assert natives(filled, [filled.at_address("https://weibo.example/1/")]) == ["1"]
    assert natives(filled, [filled.at_address(" https://x.example/5")]) == ["5"]
    assert filled.at_address("https://x.example/6") is None
