"""A post of a forum says what its author wrote, apart from quotes and previews."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.sources.network import fixture

from outlisten.sources.connector import Skipped
from outlisten.sources.discourse.mapping import post

FIRST, REPLY, QUOTING = fixture(__file__, "posts-2026-12-01")
(LIKED,) = fixture(__file__, "single-2026-12-01")
FORUM = "https://forum.example"


@pytest.mark.parametrize(
    ("record", "column", "value"),
    [
        (FIRST, "native_id", f"{FORUM}/t/812/1"),
        (FIRST, "type", "post"),
        (FIRST, "title", "升级以后打不开了"),
        (FIRST, "text", "升级到 3.2 以后一直白屏。\n截图"),
        (FIRST, "created_at", datetime(2026, 11, 30, 8, tzinfo=UTC)),
        (FIRST, "edited_at", datetime(2026, 11, 30, 8, 30, tzinfo=UTC)),
        (FIRST, "author", "兰风"),
        (FIRST, "author_handle", "lanfeng"),
        (FIRST, "author_id", f"{FORUM}/users/31"),
        (FIRST, "url", f"{FORUM}/t/topic/812/1"),
        (FIRST, "reply_to", None),
        (FIRST, "is", ["edited"]),
        (FIRST, "has", ["image"]),
        (FIRST, "likes", 0),
        (FIRST, "comments", 2),
        (REPLY, "type", "comment"),
        (REPLY, "title", None),
        (REPLY, "text", "Same here :frowning: see"),
        (REPLY, "author", None),
        (REPLY, "links", ["https://example.org/bug"]),
        (REPLY, "has", ["link"]),
        (REPLY, "reply_to", f"{FORUM}/t/812/1"),
        (REPLY, "thread", f"{FORUM}/t/812/1"),
        (REPLY, "edited_at", None),
        (REPLY, "is", ["reply"]),
        (REPLY, "comments", 0),
        (QUOTING, "text", "清缓存就好了，谢谢！"),
        (QUOTING, "quoted", "Same here"),
        (QUOTING, "reply_to", f"{FORUM}/t/812/2"),
        (QUOTING, "is", ["reply", "quote"]),
        (QUOTING, "has", []),
        (LIKED, "likes", 5),
    ],
)
def test_a_post_says_in_its_columns_what_the_forum_shows(record, column, value):
    assert post(record)[column] == value


def changed(record, **fields):
    return record | {"post": record["post"] | fields}


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<aside class="quote"><blockquote><p>别人的话</p></blockquote></aside>', "别人的话"),
        ("<p>\x00坏字符\x0b</p>", "坏字符"),
        ("<div>" * 150 + "深" + "</div>" * 150, "深"),
        ("<script>alert(1)</script><p>ok</p>", "ok"),
        ("", "raw"),
    ],
)
def test_odd_markup_still_gives_words(markup, text):
    assert post(changed(QUOTING, cooked=markup, raw="raw"))["text"] == text


@pytest.mark.parametrize("number", [2, "2"])
def test_the_answered_post_is_named_by_its_number_however_it_is_written(number):
    assert post(changed(QUOTING, reply_to_post_number=number))["reply_to"] == f"{FORUM}/t/812/2"


@pytest.mark.parametrize("kind", [2, 3, 4])
def test_what_the_forum_itself_notes_is_no_post(kind):
    with pytest.raises(Skipped):
        post(changed(FIRST, post_type=kind))


def test_likes_that_were_not_sent_are_missing_and_not_zero():
    assert post(changed(FIRST, actions_summary=None))["likes"] is None
