"""A hit of Hacker News’ search becomes a post that says what the page says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.sources.network import fixture

from outlisten.sources.connector import Skipped
from outlisten.sources.hackernews.mapping import post

HITS = {hit["objectID"]: hit for hit in fixture(__file__, "search-2026-12-01")}


@pytest.mark.parametrize(
    ("hit", "column", "value"),
    [
        ("46000010", "type", "post"),
        ("46000010", "title", "Postgres on a phone"),
        ("46000010", "text", ""),
        ("46000010", "created_at", datetime(2026, 11, 30, 8, tzinfo=UTC)),
        ("46000010", "author_handle", "quietlamp"),
        ("46000010", "url", "https://news.ycombinator.com/item?id=46000010"),
        ("46000010", "links", ["https://example.org/postgres?on=phone&lang=en"]),
        ("46000010", "has", ["link"]),
        ("46000010", "thread", "46000010"),
        ("46000010", "reply_to", None),
        ("46000010", "likes", 57),
        ("46000010", "comments", 2),
        ("46000011", "title", "Ask HN: 小米的驾驶辅助退出怎么办？"),
        (
            "46000011",
            "text",
            "小米的驾驶辅助在雨天会自己退出。\n\n有人遇到过吗？我用的是 1.9 版，见 https://example.cn/ri-...",
        ),
        ("46000011", "links", ["https://example.cn/ri-zhi"]),
        ("46000011", "is", ["question"]),
        ("46000011", "comments", 0),
        ("46000020", "type", "comment"),
        ("46000020", "text", "It's slow for us.\n\nselect 1;"),
        ("46000020", "title", None),
        ("46000020", "reply_to", "46000010"),
        ("46000020", "is", ["reply"]),
        ("46000020", "likes", None),
        ("46000020", "comments", None),
        ("46000021", "text", "我们在 Postgres 上跑了三年，没出过问题。"),
        ("46000021", "reply_to", "46000020"),
        ("46000021", "thread", "46000010"),
    ],
)
def test_a_hit_says_in_its_columns_what_the_page_says(hit, column, value):
    assert post(HITS[hit])[column] == value


@pytest.mark.parametrize(
    ("hit", "empty"),
    [("46000021", {"comment_text": None}), ("46000010", {"title": None, "story_text": None})],
)
def test_the_stub_of_a_deleted_item_is_no_post(hit, empty):
    with pytest.raises(Skipped):
        post(HITS[hit] | empty)
