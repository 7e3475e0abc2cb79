"""A post or a comment on Weibo becomes a post."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.sources.network import fixture

from outlisten.sources.connector import Skipped, Unmappable
from outlisten.sources.weibo.mapping import post, time_of

MENTION, REPOST, ORPHAN, LONG, DELETED, OWN = fixture(__file__, "statuses-2026-12-01")
COMMENT, REPLY, BARE = fixture(__file__, "comments-2026-12-01")
ABOVE = "5100000000000000"


@pytest.mark.parametrize(
    ("record", "column", "value"),
    [
        (MENTION, "native_id", "5100000000000001"),
        (MENTION, "type", "post"),
        (MENTION, "text", "@阿喜茶馆 杯子漏水，怎么退？[怒] #红茶# http://t.cn/AbCdEf"),
        (MENTION, "created_at", datetime(2026, 11, 30, 9, 46, 55, tzinfo=UTC)),
        (MENTION, "author", "小雨不带伞"),
        (MENTION, "author_id", "1000000001"),
        (MENTION, "followers", 1204),
        (MENTION, "is", ["verified"]),
        (MENTION, "to", "2000000001"),
        (MENTION, "voice_given", None),
        (MENTION, "region", "北京"),
        (MENTION, "has", ["image", "link", "mention", "tag"]),
        (MENTION, "links", ["http://t.cn/AbCdEf"]),
        (MENTION, "url", "https://weibo.com/1000000001/5100000000000001"),
        (MENTION, "likes", 3),
        (MENTION, "comments", 9),
        (MENTION, "shares", 8),
        (MENTION, "quoted", None),
        (MENTION, "reply_to", None),
        (MENTION, "thread", "5100000000000001"),
        (REPOST, "type", "repost"),
        (REPOST, "is", ["repost"]),
        (REPOST, "quoted", "冬日新品今天上架"),
        (REPOST, "reply_to", ABOVE),
        (REPOST, "thread", ABOVE),
        (REPOST, "likes", 0),
        (REPOST, "region", None),
        (ORPHAN, "text", "Gone already, @阿喜茶馆"),
        (ORPHAN, "quoted", None),
        (ORPHAN, "thread", "5099999999999999"),
        (ORPHAN, "likes", None),
        (ORPHAN, "followers", None),
        (LONG, "text", "今天在@阿喜茶馆 等了很久，最后还是没喝到。"),
        (OWN, "voice_given", "owned"),
        (OWN, "to", None),
        (COMMENT, "native_id", f"comment/{ABOVE}/5100000000000101"),
        (COMMENT, "type", "comment"),
        (COMMENT, "text", "还有货吗？"),
        (COMMENT, "reply_to", ABOVE),
        (COMMENT, "thread", ABOVE),
        (COMMENT, "url", f"https://weibo.com/2000000001/{ABOVE}"),
        (COMMENT, "is", ["reply", "verified"]),
        (COMMENT, "likes", None),
        (REPLY, "reply_to", f"comment/{ABOVE}/5100000000000101"),
        (REPLY, "voice_given", "owned"),
        (REPLY, "has", ["mention"]),
        (BARE, "native_id", f"comment/{ABOVE}/5100000000000103"),
        (BARE, "url", None),
    ],
)
def test_each_column_holds_what_the_network_sent(record, column, value):
    assert post(record).get(column) == value


def test_a_deleted_post_is_left_out():
    with pytest.raises(Skipped):
        post(DELETED)


def test_a_post_whose_author_is_not_told_is_no_post():
    with pytest.raises(Unmappable):
        post({"uid": "1", "statuses": {"id": 1, "text": "根据博主设置，此内容无法访问"}})


@pytest.mark.parametrize(
    ("told", "time"),
    [
        ("Tue May 31 17:46:55 +0800 2011", datetime(2011, 5, 31, 9, 46, 55, tzinfo=UTC)),
        ("Wed Jun 01 00:50:25 +0800 2011", datetime(2011, 5, 31, 16, 50, 25, tzinfo=UTC)),
        ("Thu Jan 1 00:00:00 +0000 2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("Tue Foo 31 17:46:55 +0800 2011", None),
        ("Tue Feb 31 17:46:55 +0800 2011", None),
        ("5月31日 17:46", None),
        (None, None),
        (1_300_000_000, None),
    ],
)
def test_a_time_is_read_whatever_language_the_machine_speaks(told, time):
    assert time_of(told) == time
