"""A question, an answer or a comment becomes a post with its place in the thread."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.sources.network import fixture

from outlisten.sources.stackexchange.mapping import post
from outlisten.sources.stackexchange.sites import host, named

QUESTION, FAILED, ANSWER, COMMENT, ON_UNIX = fixture(__file__, "items-2026-12-01")


@pytest.mark.parametrize(
    ("record", "column", "value"),
    [
        (QUESTION, "native_id", "stackoverflow/questions/79000001"),
        (QUESTION, "type", "post"),
        (QUESTION, "title", 'How do I run "Postgres" on a phone?'),
        (QUESTION, "text", "It doesn't start:\n\ninitdb\n\nSee the log. screen"),
        (QUESTION, "author", "Quiet & Lamp"),
        (QUESTION, "author_id", "stackoverflow/users/800001"),
        (QUESTION, "created_at", datetime(2026, 11, 30, 8, tzinfo=UTC)),
        (QUESTION, "edited_at", datetime(2026, 11, 30, 8, 6, 40, tzinfo=UTC)),
        (QUESTION, "is", ["question"]),
        (QUESTION, "has", ["image", "link"]),
        (QUESTION, "links", ["https://example.org/log"]),
        (QUESTION, "likes", 5),
        (QUESTION, "comments", 2),
        (QUESTION, "views", 214),
        (FAILED, "title", "微信小程序登录失败，提示 40029"),
        (FAILED, "text", "昨天还正常，今天一直提示 invalid code。"),
        (FAILED, "author", "user700002"),
        (FAILED, "author_id", None),
        (FAILED, "likes", None),
        (FAILED, "comments", 0),
        (FAILED, "edited_at", None),
        (ANSWER, "native_id", "stackoverflow/answers/79000002"),
        (ANSWER, "type", "reply"),
        (ANSWER, "text", "先运行 initdb，再试一次。"),
        (ANSWER, "author", "兰风"),
        (ANSWER, "url", "https://stackoverflow.com/a/79000002"),
        (ANSWER, "reply_to", "stackoverflow/questions/79000001"),
        (ANSWER, "thread", "stackoverflow/questions/79000001"),
        (COMMENT, "text", "That worked — 谢谢！"),
        (COMMENT, "type", "comment"),
        (COMMENT, "reply_to", "stackoverflow/answers/79000002"),
        (COMMENT, "thread", "stackoverflow/questions/79000001"),
        (COMMENT, "is", ["reply", "edited"]),
        (ON_UNIX, "reply_to", "unix/questions/790005"),
        (ON_UNIX, "url", "https://unix.stackexchange.com/posts/comments/1500001"),
    ],
)
def test_a_record_says_in_its_columns_what_the_site_shows(record, column, value):
    assert post(record).get(column) == value


def test_a_record_without_text_is_of_another_shape():
    with pytest.raises(KeyError):
        post({"site": "unix", "answer": {"answer_id": 1, "question_id": 2, "creation_date": 1}})


@pytest.mark.parametrize(
    ("entered", "site", "domain"),
    [
        ("stackoverflow", "stackoverflow", "stackoverflow.com"),
        ("https://StackOverflow.com/questions", "stackoverflow", "stackoverflow.com"),
        ("unix.stackexchange.com", "unix", "unix.stackexchange.com"),
        ("chinese", "chinese", "chinese.stackexchange.com"),
        ("www.superuser.com", "superuser", "superuser.com"),
        ("meta.stackexchange.com", "meta", "meta.stackexchange.com"),
        ("meta.stackoverflow.com", "meta.stackoverflow", "meta.stackoverflow.com"),
        ("ja.stackoverflow.com", "ja.stackoverflow", "ja.stackoverflow.com"),
        ("mathoverflow.net", "mathoverflow.net", "mathoverflow.net"),
    ],
)
def test_a_site_has_one_name_however_it_is_entered(entered, site, domain):
    assert (named(entered), host(site)) == (site, domain)
