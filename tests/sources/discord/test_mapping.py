"""Messages of Discord as posts."""

from __future__ import annotations

import pytest
from tests.sources.discord.server import at, message, user
from tests.sources.network import fixture

from outlisten.sources.connector import Skipped
from outlisten.sources.discord.mapping import is_blank, post

RECORDS = fixture(__file__, "messages-2026-12-01")
(FORWARDED,) = fixture(__file__, "forwarded-2026-12-01")
THREAD, IN_THREAD, FORUM_POST = at(-97), at(-96), at(-94)


def test_a_message_has_its_author_its_address_and_its_words_with_names_in_them():
    found = post(RECORDS[0])
    assert found["text"] == "水壶漏水了，怎么退货？@sam_demo :sad:"
    assert (found["author"], found["author_handle"], found["author_id"]) == ("林", "lin_demo", "901")
    assert found["native_id"] == f"201:{at(-100)}"
    assert found["url"] == f"https://discord.com/channels/100/201/{at(-100)}"
    assert found["has"] == ["mention"]


@pytest.mark.parametrize(
    ("number", "kind", "reply_to", "thread"),
    [
        (0, "post", None, None),
        (1, "reply", f"201:{at(-100)}", None),
        (3, "post", None, f"201:{THREAD}"),
        (5, "comment", f"201:{THREAD}", f"201:{THREAD}"),
        (6, "comment", f"{THREAD}:{IN_THREAD}", f"201:{THREAD}"),
        (7, "post", None, f"{FORUM_POST}:{FORUM_POST}"),
        (8, "comment", f"{FORUM_POST}:{FORUM_POST}", f"{FORUM_POST}:{FORUM_POST}"),
    ],
)
def test_a_message_knows_its_place_in_the_conversation(number, kind, reply_to, thread):
    found = post(RECORDS[number])
    assert (found["type"], found["reply_to"], found["thread"]) == (kind, reply_to, thread)


def test_the_message_that_a_thread_was_begun_from_is_the_one_its_messages_name():
    assert post(RECORDS[3])["native_id"] == post(RECORDS[5])["thread"]
    assert post(RECORDS[7])["native_id"] == post(RECORDS[8])["thread"]


def test_a_post_of_a_forum_has_a_title_and_its_comments_none():
    assert (post(RECORDS[7])["title"], post(RECORDS[8])["title"]) == ("水壶无法通电", None)


def test_an_edit_is_marked_and_reactions_that_say_yes_are_counted():
    found = post(RECORDS[2])
    assert found["edited_at"] > found["created_at"]
    assert (found["is"], found["likes"]) == (["edited"], 3)


@pytest.mark.parametrize(("number", "has"), [(1, ["link"]), (7, ["image"]), (5, [])])
def test_what_a_message_holds_besides_words_is_noted(number, has):
    assert post(RECORDS[number])["has"] == has


def test_a_reply_is_addressed_to_whom_it_answers():
    assert post(RECORDS[1])["to"] == "lin_demo"


def test_what_somebody_passed_on_is_its_words():
    found = post(FORWARDED)
    assert (found["text"], found["type"], found["is"]) == ("转发：水壶要召回吗？", "repost", ["repost"])
    assert (found["reply_to"], found["thread"]) == (None, None)


def test_what_a_followed_channel_says_is_passed_on_and_no_reply():
    reference = {"type": 0, "channel_id": "777", "message_id": "778", "guild_id": "779"}
    copy = message(at(0), "大新闻", flags=1 << 1, message_reference=reference)
    found = post({**RECORDS[0], "message": copy})
    assert (found["type"], found["is"], found["reply_to"]) == ("repost", ["repost"], None)


def test_a_poll_is_its_question_and_its_choices():
    assert post(RECORDS[9])["text"] == "哪种颜色？\n红\nBlue"


def test_our_own_messages_are_ours_and_a_name_that_is_not_set_is_the_handle():
    assert (post(RECORDS[8])["voice_given"], post(RECORDS[0])["voice_given"]) == ("owned", None)
    assert post(RECORDS[6])["author"] == "sam_demo"


@pytest.mark.parametrize("number", [4, 10, 11])
def test_notes_and_pictures_without_a_word_are_no_posts(number):
    with pytest.raises(Skipped):
        post(RECORDS[number])


@pytest.mark.parametrize(
    ("told", "blank"),
    [
        (message(at(0), ""), True),
        (message(at(0), "", type=19), True),
        (message(at(0), "好"), False),
        (message(at(0), "", author=user(bot=True)), False),
        (message(at(0), "", type=7), False),
        (message(at(0), "", sticker_items=[{"id": "1", "name": "wave", "format_type": 1}]), False),
    ],
)
def test_a_message_of_a_person_without_anything_is_blank(told, blank):
    assert is_blank(told) is blank
