"""A view of Lemmy becomes a post; replies name each other by addresses on the server that was read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.sources.network import fixture

from outlisten.sources.lemmy.mapping import post

PHOTO, LINK, COMMENT, REPLY = fixture(__file__, "views-2026-12-01")
SERVER = "https://lemmy.example"


@pytest.mark.parametrize(
    ("record", "column", "value"),
    [
        (PHOTO, "native_id", f"{SERVER}/post/510"),
        (PHOTO, "type", "post"),
        (PHOTO, "title", "手机屏幕换起来真容易"),
        (PHOTO, "text", "十分钟就换好了。\n\n![图](https://lemmy.example/pictrs/image/a.webp)"),
        (PHOTO, "created_at", datetime(2026, 11, 30, 8, 0, 0, 123456, tzinfo=UTC)),
        (PHOTO, "edited_at", datetime(2026, 11, 30, 8, 30, 0, 500000, tzinfo=UTC)),
        (PHOTO, "author", "兰风"),
        (PHOTO, "author_handle", "lanfeng@lemmy.example"),
        (PHOTO, "author_id", f"{SERVER}/u/lanfeng"),
        (PHOTO, "has", ["image", "link"]),
        (PHOTO, "likes", 12),
        (PHOTO, "comments", 2),
        (PHOTO, "thread", f"{SERVER}/post/510"),
        (LINK, "native_id", f"{SERVER}/post/511"),
        (LINK, "text", ""),
        (LINK, "links", ["https://example.org/phone"]),
        (LINK, "author", None),
        (LINK, "author_handle", "north@other.example"),
        (LINK, "created_at", datetime(2026, 11, 30, 8, 10, tzinfo=UTC)),
        (LINK, "edited_at", None),
        (LINK, "comments", 0),
        (COMMENT, "type", "comment"),
        (COMMENT, "text", "How much was the *screen*?"),
        (COMMENT, "reply_to", f"{SERVER}/post/510"),
        (COMMENT, "is", ["reply"]),
        (COMMENT, "comments", 1),
        (REPLY, "text", "两百块，自己换的。"),
        (REPLY, "native_id", f"{SERVER}/comment/901"),
        (REPLY, "reply_to", f"{SERVER}/comment/900"),
        (REPLY, "thread", f"{SERVER}/post/510"),
    ],
)
def test_a_view_says_in_its_columns_what_the_server_shows(record, column, value):
    assert post(record)[column] == value


@pytest.mark.parametrize("counts", [None, {}])
def test_a_count_that_was_not_sent_is_missing_and_not_zero(counts):
    found = post(PHOTO | {"counts": counts})
    assert (found["likes"], found["comments"]) == (None, None)
