"""A post of a NodeBB forum as a post, from what 1.4.0 sent and from what newer versions document."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.sources.network import fixture

from outlisten.sources.connector import Skipped, Unmappable
from outlisten.sources.nodebb.mapping import post

FORUM = "https://forum.example"
OLD, NEW = (fixture(__file__, f"2026-12-01_nodebb_{which}_posts") for which in ("1.4.0", "documented"))


def mapped(content: str, **more: Any) -> dict[str, Any]:
    told = {"pid": 2, "content": content, "timestamp": 1_796_100_000_000, **more}
    return post({"forum": FORUM, "topic": {"mainPid": 1}, "post": told})


def test_what_nodebb_of_2017_sent_becomes_posts() -> None:
    first, thanks, answer = (post(record) for record in OLD)
    assert first["title"] == "水壶漏水了 & <b>怎么办</b>"
    assert (first["type"], first["comments"], first["links"]) == ("post", 48, ["https://example.com/manual"])
    assert first["created_at"].year == 2026, "its numbers are texts"
    assert (thanks["quoted"], thanks["text"]) == ("抱歉，请更新。", "谢谢 @admin, it works now (edited 改过)")
    assert thanks["is"] == ["reply", "quote", "edited"]
    assert thanks["reply_to"] == answer["native_id"]
    assert thanks["thread"] == answer["reply_to"] == first["native_id"]


def test_what_newer_versions_document_becomes_posts() -> None:
    first, guest, remote = (post(record) for record in NEW)
    assert (first["author"], first["author_handle"], first["author_id"]) == ("林", "lin", f"{FORUM}/uid/7")
    assert (first["title"], first["likes"], first["comments"]) == ("水壶漏水 & 更多", 2, 2)
    assert (guest["author"], guest["author_handle"], guest["author_id"]) == ("Guest", None, None)
    assert guest["edited_at"] == datetime(2026, 12, 1, 4, 41, 30, tzinfo=UTC)
    assert (guest["has"], guest["comments"]) == (["image"], 1)
    assert remote["native_id"] == "https://social.example/users/wang/statuses/1"
    assert remote["author_id"] == "https://social.example/users/wang"
    assert remote["reply_to"] == f"{FORUM}/post/41"


@pytest.mark.parametrize(
    ("content", "words", "quoted"),
    [
        ("<p>一</p><p>two</p>", "一\n\ntwo", None),
        ("<blockquote><p>别人说的</p></blockquote><p>我说的</p>", "我说的", "别人说的"),
        ("<blockquote><p>b<blockquote>a</blockquote></p></blockquote><p>c</p>", "c", "b\n\na"),
        ("<blockquote><p>只有引用</p></blockquote>", "只有引用", None),
        ("<p>水<script>alert(1)</script>壶</p>", "水壶", None),
        ("plain 文字", "plain 文字", None),
    ],
)
def test_words_are_the_authors_own(content: str, words: str, quoted: str | None) -> None:
    found = mapped(content)
    assert (found["text"], found["quoted"]) == (words, quoted)


def test_links_are_whole_and_those_of_people_are_none() -> None:
    found = mapped(
        '<a href="/user/lin">@lin</a> <a href="/topic/3">旧帖</a> <a href="https://example.com/k">k</a>'
    )
    assert found["links"] == [f"{FORUM}/topic/3", "https://example.com/k"]


@pytest.mark.parametrize("timestamp", [None, "", "soon", True, 0, 10**30, [1]])
def test_a_time_that_is_none_is_missing(timestamp: Any) -> None:
    assert mapped("水壶", timestamp=timestamp)["created_at"] is None


def test_a_post_without_a_word_is_left_out_and_one_without_a_number_is_kept_aside() -> None:
    with pytest.raises(Skipped):
        mapped('<img src="/a.png">')
    with pytest.raises(Unmappable):
        mapped("水壶", pid=None)
