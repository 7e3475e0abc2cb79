"""A caption or a comment on Instagram becomes a post."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.sources.network import fixture

from outlisten.sources.connector import Skipped
from outlisten.sources.instagram.mapping import post

OWN, TAGGED, HASHTAG, WORDLESS = fixture(__file__, "media-2026-12-01")
COMMENT, REPLY, NAMELESS, EMPTY = fixture(__file__, "comments-2026-12-01")
ABOVE = "media/18000000000000011"


@pytest.mark.parametrize(
    ("record", "column", "value"),
    [
        (OWN, "native_id", ABOVE),
        (OWN, "type", "post"),
        (OWN, "text", "冬日新品今天上架 #热红酒"),
        (OWN, "created_at", datetime(2026, 11, 29, 2, tzinfo=UTC)),
        (OWN, "author", "axichaguan"),
        (OWN, "author_id", "17841400000000001"),
        (OWN, "voice_given", "owned"),
        (OWN, "to", None),
        (OWN, "has", ["image"]),
        (OWN, "likes", 120),
        (OWN, "comments", 3),
        (OWN, "url", "https://www.instagram.com/p/AAA/"),
        (TAGGED, "native_id", "others/18000000000000012"),
        (TAGGED, "author_handle", "rain.no.umbrella"),
        (TAGGED, "author_id", None),
        (TAGGED, "to", "axichaguan"),
        (TAGGED, "has", ["image", "mention"]),
        (TAGGED, "comments", 0),
        (TAGGED, "voice_given", None),
        (HASHTAG, "native_id", "others/18000000000000013"),
        (HASHTAG, "text", "这家的红茶不错 #红茶"),
        (HASHTAG, "author", None),
        (HASHTAG, "to", None),
        (HASHTAG, "has", ["video"]),
        (HASHTAG, "likes", None),
        (COMMENT, "native_id", "comment/18000000000000011/17900000000000501"),
        (COMMENT, "type", "comment"),
        (COMMENT, "text", "杯子漏水，怎么退？"),
        (COMMENT, "author_handle", "xiaoyu_demo"),
        (COMMENT, "author_id", "700001"),
        (COMMENT, "to", "axichaguan"),
        (COMMENT, "reply_to", ABOVE),
        (COMMENT, "thread", ABOVE),
        (COMMENT, "is", ["reply"]),
        (COMMENT, "likes", 2),
        (REPLY, "reply_to", "comment/18000000000000011/17900000000000501"),
        (REPLY, "thread", ABOVE),
        (REPLY, "voice_given", "owned"),
        (REPLY, "author_id", "17841400000000001"),
        (REPLY, "to", None),
        (REPLY, "likes", 0),
        (NAMELESS, "author", None),
        (NAMELESS, "voice_given", None),
        (NAMELESS, "likes", None),
    ],
)
def test_each_column_holds_what_the_network_sent(record, column, value):
    assert post(record).get(column) == value


@pytest.mark.parametrize("record", [WORDLESS, EMPTY])
def test_what_has_no_words_is_left_out(record):
    with pytest.raises(Skipped):
        post(record)


def test_a_record_of_another_shape_is_no_post():
    with pytest.raises(KeyError):
        post({"account": {"id": "1", "name": ""}, "by": "media", "media": {"caption": "没有编号"}})
