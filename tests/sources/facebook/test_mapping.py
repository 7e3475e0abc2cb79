"""A post of a Page or a comment under it becomes a post."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.sources.network import fixture

from outlisten.sources.connector import Skipped
from outlisten.sources.facebook.mapping import post

OWN, VISITOR, TAGGED, PICTURES, DRAFT = fixture(__file__, "posts-2026-12-01")
COMMENT, REPLY, TAGGING, STICKER, PRIVATE = fixture(__file__, "comments-2026-12-01")


@pytest.mark.parametrize(
    ("record", "column", "value"),
    [
        (OWN, "native_id", "post/100_11"),
        (OWN, "type", "post"),
        (OWN, "text", "冬日新品今天上架，欢迎来店试饮。"),
        (OWN, "created_at", datetime(2026, 11, 29, 2, tzinfo=UTC)),
        (OWN, "author", "阿喜茶馆"),
        (OWN, "author_id", "100"),
        (OWN, "voice_given", "owned"),
        (OWN, "to", None),
        (OWN, "thread", "post/100_11"),
        (OWN, "url", "https://www.facebook.com/100/posts/11"),
        (OWN, "has", ["image"]),
        (OWN, "likes", 25),
        (OWN, "comments", 3),
        (OWN, "shares", 3),
        (VISITOR, "author", None),
        (VISITOR, "author_id", None),
        (VISITOR, "voice_given", None),
        (VISITOR, "to", "阿喜茶馆"),
        (VISITOR, "links", ["https://example.org/receipt"]),
        (VISITOR, "has", ["link"]),
        (VISITOR, "likes", None),
        (VISITOR, "comments", None),
        (VISITOR, "shares", None),
        (TAGGED, "native_id", "tagged/777_13"),
        (TAGGED, "has", ["mention"]),
        (TAGGED, "comments", 0),
        (COMMENT, "native_id", "comment/100_11/11_501"),
        (COMMENT, "type", "comment"),
        (COMMENT, "text", "杯子漏水，怎么退？"),
        (COMMENT, "author", "小雨不带伞"),
        (COMMENT, "author_id", "700001"),
        (COMMENT, "to", "阿喜茶馆"),
        (COMMENT, "reply_to", "post/100_11"),
        (COMMENT, "thread", "post/100_11"),
        (COMMENT, "is", ["reply"]),
        (COMMENT, "likes", 2),
        (COMMENT, "comments", 1),
        (REPLY, "reply_to", "comment/100_11/11_501"),
        (REPLY, "thread", "post/100_11"),
        (REPLY, "voice_given", "owned"),
        (REPLY, "likes", 0),
        (TAGGING, "has", ["image", "mention"]),
        (TAGGING, "author", None),
        (TAGGING, "likes", None),
    ],
)
def test_each_column_holds_what_the_network_sent(record, column, value):
    assert post(record).get(column) == value


@pytest.mark.parametrize("record", [PICTURES, DRAFT, STICKER, PRIVATE])
def test_what_has_no_words_or_is_not_public_is_left_out(record):
    with pytest.raises(Skipped):
        post(record)


def test_a_record_of_another_shape_is_no_post():
    with pytest.raises(KeyError):
        post({"page": {"id": "1", "name": ""}, "post": {"message": "没有编号"}})
