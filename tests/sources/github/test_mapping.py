"""An issue, a comment or a discussion becomes a post; pull requests do not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.sources.network import fixture

from outlisten.sources.connector import Skipped
from outlisten.sources.github.mapping import post

CRASH, THEME = fixture(__file__, "issues-2026-12-01")
ASKING, ANSWERING = fixture(__file__, "comments-2026-12-01")
TALK, HINT, THANKS = fixture(__file__, "discussions-2026-12-01")
APP = "https://github.com/example/app"


@pytest.mark.parametrize(
    ("record", "column", "value"),
    [
        (CRASH, "native_id", f"{APP}/issues/41"),
        (CRASH, "type", "post"),
        (CRASH, "title", "升级到 3.2 后启动崩溃"),
        (CRASH, "text", "一点开就退出。\r\n\r\n![截图](https://github.com/user-attachments/assets/1)"),
        (CRASH, "created_at", datetime(2026, 11, 30, 8, tzinfo=UTC)),
        (CRASH, "author_handle", "lanfeng"),
        (CRASH, "author_id", "700001"),
        (CRASH, "thread", f"{APP}/issues/41"),
        (CRASH, "has", ["image"]),
        (CRASH, "likes", 4),
        (CRASH, "comments", 2),
        (THEME, "text", ""),
        (THEME, "author_handle", None),
        (THEME, "likes", 0),
        (ASKING, "type", "comment"),
        (ASKING, "native_id", f"{APP}/issues/41#issuecomment-5001"),
        (ASKING, "thread", f"{APP}/issues/41"),
        (ASKING, "reply_to", f"{APP}/issues/41"),
        (ASKING, "edited_at", datetime(2026, 11, 30, 8, 45, tzinfo=UTC)),
        (ASKING, "is", ["reply", "edited"]),
        (ASKING, "likes", 1),
        (ANSWERING, "text", "小米 15，系统是最新的。"),
        (ANSWERING, "edited_at", None),
        (ANSWERING, "likes", None),
        (TALK, "type", "post"),
        (TALK, "title", "怎么导出数据？"),
        (TALK, "is", ["question"]),
        (TALK, "likes", 6),
        (TALK, "comments", 1),
        (TALK, "edited_at", datetime(2026, 11, 29, 8, 5, tzinfo=UTC)),
        (TALK, "author_id", "700001"),
        (HINT, "type", "comment"),
        (HINT, "title", None),
        (HINT, "reply_to", f"{APP}/discussions/7"),
        (THANKS, "reply_to", f"{APP}/discussions/7#discussioncomment-11"),
        (THANKS, "thread", f"{APP}/discussions/7"),
        (THANKS, "author_handle", None),
        (THANKS, "likes", 0),
    ],
)
def test_a_record_says_in_its_columns_what_the_page_shows(record, column, value):
    assert post(record)[column] == value


@pytest.mark.parametrize(
    "record",
    [
        CRASH | {"pull_request": {"url": "https://api.github.com/repos/example/app/pulls/41"}},
        ASKING | {"html_url": f"{APP}/pull/41#issuecomment-5001"},
    ],
)
def test_what_is_of_a_pull_request_is_no_post(record):
    with pytest.raises(Skipped):
        post(record)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<!-- a --> 看得见 <!-- b\n c -->", "看得见"),
        ("visible <!-- never closed", "visible"),
        ("1 < 2 --> 3", "1 < 2 --> 3"),
    ],
)
def test_notes_of_a_template_that_no_reader_sees_are_left_out(body, text):
    assert post(CRASH | {"body": body})["text"] == text
