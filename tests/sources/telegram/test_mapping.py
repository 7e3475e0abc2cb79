"""Updates of a bot as posts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.sources.network import fixture

from outlisten.sources.connector import Skipped
from outlisten.sources.telegram.mapping import post

UPDATES = {one["update"]["update_id"] - 700_000: one for one in fixture(__file__, "updates-2026-12-01")}


def of(number: int) -> dict:
    return post(UPDATES[number])


def test_a_private_message_is_addressed_to_the_bot_and_belongs_to_its_chat():
    found = of(1)
    assert (found["type"], found["to"], found["thread"]) == ("message", "acme_bot", "9001")
    assert (found["native_id"], found["url"]) == ("9001:41", None)
    assert (found["author"], found["author_handle"], found["author_id"]) == ("丽 李", "lili_demo", "9001")
    assert found["created_at"] == datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "kind", "native_id", "reply_to", "thread"),
    [
        (2, "post", "-1001234567890:512", None, None),
        (3, "reply", "-1001234567890:513", "-1001234567890:512", "-1001234567890:512"),
        (5, "post", "-1009876543210:88", None, None),
        (7, "repost", "-1005550001112:77", None, None),
        (8, "comment", "-1005550001112:78", "-1005550001112:77", "-1005550001112:77"),
        (9, "repost", "-1001234567890:514", None, None),
        (14, "reply", "-1004000222:2", "-1009876543210:88", None),
        (16, "post", "-1007000333:21", None, None),
    ],
)
def test_what_is_written_in_groups_and_channels_knows_its_place(number, kind, native_id, reply_to, thread):
    found = of(number)
    assert (found["type"], found["native_id"]) == (kind, native_id)
    assert (found["reply_to"], found["thread"]) == (reply_to, thread)


@pytest.mark.parametrize(("first", "edit"), [(3, 4), (5, 6)])
def test_an_edit_is_the_same_post_with_other_words(first, edit):
    before, after = of(first), of(edit)
    assert before["native_id"] == after["native_id"]
    assert before["text"] != after["text"]
    assert (before["edited_at"], "edited" in after["is"]) == (None, True)
    assert after["edited_at"] > before["created_at"] == after["created_at"]


@pytest.mark.parametrize(
    ("number", "has", "links"),
    [
        (2, ["tag", "link", "mention"], ["https://example.org/kettle"]),
        (5, ["image"], []),
        (11, ["audio"], []),
        (16, ["video"], []),
        (10, [], []),
    ],
)
def test_what_a_post_holds_besides_words_is_noted(number, has, links):
    assert (of(number)["has"], of(number)["links"]) == (has, links)


@pytest.mark.parametrize(
    ("number", "author", "handle", "author_id"),
    [
        (2, "Sam", None, "9002"),
        (5, "编辑小王", "acme_news", "-1009876543210"),
        (10, "客服", "acme_users", "-1001234567890"),
        (11, "王芳", None, "9005"),
    ],
)
def test_who_wrote_is_a_person_or_the_chat_that_spoke(number, author, handle, author_id):
    found = of(number)
    assert (found["author"], found["author_handle"], found["author_id"]) == (author, handle, author_id)


@pytest.mark.parametrize(
    ("number", "url"),
    [
        (2, "https://t.me/acme_users/512"),
        (5, "https://t.me/acme_news/88"),
        (8, "https://t.me/c/5550001112/78"),
        (11, None),
    ],
)
def test_an_address_is_given_where_there_is_one(number, url):
    assert of(number)["url"] == url


def test_a_reply_names_whom_it_answers_and_what_it_quotes():
    assert (of(3)["to"], of(3)["quoted"], of(3)["is"]) == ("sam_demo", "kettle leaks", ["reply", "quote"])
    assert of(14)["quoted"] == "明天上市"


def test_a_poll_is_its_question_and_its_choices():
    assert of(10)["text"] == "哪种颜色？\n红\nBlue"


@pytest.mark.parametrize("number", [12, 13, 15, 17])
def test_notes_of_a_chat_and_stickers_are_no_posts(number):
    with pytest.raises(Skipped):
        of(number)


def test_an_update_of_another_kind_is_no_post():
    with pytest.raises(Skipped):
        post({"account": "acme_bot", "update": {"update_id": 1, "poll_answer": {"poll_id": "5"}}})


def test_a_message_sent_to_a_channel_is_private():
    chat = {"id": -1008, "title": "Acme News", "type": "supergroup", "is_direct_messages": True}
    message = {**UPDATES[2]["update"]["message"], "chat": chat, "direct_messages_topic": {"topic_id": 5}}
    found = post({"account": "acme_bot", "update": {"update_id": 1, "message": message}})
    assert (found["type"], found["to"], found["thread"], found["url"]) == (
        "message",
        "acme_bot",
        "-1008:5",
        None,
    )
